variable "name" {
  description = "The prefix of the alarms' names, and the name of topic, dashboard and metric namespace's service."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,64}$", var.name))
    error_message = "name is up to 64 letters, digits, hyphens and underscores."
  }
}

variable "queue_name" {
  description = "The queue's name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,80}$", var.queue_name))
    error_message = "queue_name is a standard queue's name, not its URL."
  }
}

variable "dead_letter_queue_name" {
  description = "The dead-letter queue's name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,80}$", var.dead_letter_queue_name))
    error_message = "dead_letter_queue_name is a standard queue's name, not its URL."
  }
}

variable "schedule_dead_letter_queue_name" {
  description = "The name of the queue for scheduled commands that could not be sent; null without a schedule of EventBridge."
  type        = string
  default     = null

  validation {
    condition     = var.schedule_dead_letter_queue_name == null || can(regex("^[A-Za-z0-9_-]{1,80}$", var.schedule_dead_letter_queue_name))
    error_message = "schedule_dead_letter_queue_name is a standard queue's name, not its URL."
  }
}

variable "retention" {
  description = "The queue's retention in seconds: at half of it somebody has to see to the oldest message."
  type        = number
  nullable    = false

  validation {
    condition     = var.retention >= 3600
    error_message = "retention is an hour at least."
  }
}

variable "oldest_message" {
  description = "From which age of the oldest message on an alarm rings, in seconds. A delivery that waits for S3 counts too."
  type        = number
  default     = 900
  nullable    = false

  validation {
    condition     = var.oldest_message >= 60 && var.oldest_message < var.retention / 2
    error_message = "oldest_message is between a minute and half the retention."
  }
}

variable "ecs" {
  description = "Cluster and service of ECS with Container Insights; null elsewhere, where receives tell whether anyone reads the queue."
  type = object({
    cluster_name = string
    service_name = string
  })
  default = null

  validation {
    condition     = var.ecs == null || try(var.ecs.cluster_name != "" && var.ecs.service_name != "", false)
    error_message = "ecs names a cluster and a service."
  }
}

variable "log_group_name" {
  description = "The log group with the service's log lines. Null: no alarm on errors, sweeps, consolidation or traffic, which Prometheus must have then."
  type        = string
  default     = null

  validation {
    condition     = var.log_group_name == null || can(regex("^[A-Za-z0-9_./#-]{1,512}$", var.log_group_name))
    error_message = "log_group_name is a name, not an ARN."
  }
}

variable "log_line" {
  description = "Where the service's own line is in a log event: `$`, or where a collector nests it, as `$.log_processed` of Fluent Bit on EKS."
  type        = string
  default     = "$"
  nullable    = false

  validation {
    condition     = can(regex("^\\$(\\.[A-Za-z0-9_]+)*$", var.log_line))
    error_message = "log_line is a path as $ or $.log_processed."
  }
}

variable "expected_gap_hours" {
  description = "How many hours may pass without a committed file before an alarm rings; null, the default: no such alarm."
  type        = number
  default     = null

  validation {
    condition     = var.expected_gap_hours == null || try(var.expected_gap_hours >= 1 && var.expected_gap_hours <= 168 && floor(var.expected_gap_hours) == var.expected_gap_hours, false)
    error_message = "expected_gap_hours is a whole number from 1 to 168, the seven days that CloudWatch looks back."
  }
  validation {
    condition     = var.expected_gap_hours == null || var.log_group_name != null
    error_message = "expected_gap_hours needs log_group_name: the hourly commands are messages too, so the queue alone never falls silent."
  }
}

variable "emails" {
  description = "Addresses that are told; each has to confirm its subscription once."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for address in var.emails : can(regex("^[^@\\s]+@[^@\\s]+$", address))])
    error_message = "emails are e-mail addresses."
  }
}

variable "topic_kms_key_arn" {
  description = "A customer key for the topic; its policy must let CloudWatch use it. Messages hold names of alarms, no data."
  type        = string
  default     = null

  validation {
    condition     = var.topic_kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/", var.topic_kms_key_arn))
    error_message = "topic_kms_key_arn is the ARN of a key."
  }
}

variable "tags" {
  description = "Tags of every resource that takes some."
  type        = map(string)
  default     = {}
  nullable    = false
}
