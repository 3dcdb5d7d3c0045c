variable "name" {
  description = "The name of the schedule group, the role and the dead-letter queue."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,32}$", var.name))
    error_message = "name is up to 32 letters, digits, hyphens and underscores."
  }
}

variable "queue_arn" {
  description = "The queue's ARN, to which the commands go."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[^:]+:sqs:[^:]+:[0-9]{12}:[A-Za-z0-9_-]+$", var.queue_arn))
    error_message = "queue_arn is the ARN of a standard queue."
  }
}

variable "customer_key" {
  description = "Whether the queue is encrypted with a customer key, which the schedule's role then needs."
  type        = bool
  default     = false
  nullable    = false
}

variable "kms_key_arn" {
  description = "That key's ARN."
  type        = string
  default     = null

  validation {
    condition     = var.customer_key || var.kms_key_arn == null
    error_message = "kms_key_arn goes with customer_key = true."
  }
}

variable "commands" {
  description = "When each command is sent, as EventBridge Scheduler's expressions, UTC."
  type        = map(string)
  default = {
    sweep       = "cron(7 * * * ? *)"
    consolidate = "cron(12 * * * ? *)"
  }
  nullable = false

  validation {
    condition     = toset(keys(var.commands)) == toset(["sweep", "consolidate"])
    error_message = "commands are sweep and consolidate: without the sweep a lost event stays lost."
  }
  validation {
    condition     = alltrue([for when in values(var.commands) : can(regex("^(cron|rate)\\(.+\\)$", when))])
    error_message = "Each command has a cron(...) or rate(...) expression."
  }
}

variable "enabled" {
  description = "Whether the schedules run: to pause them, as during an outage."
  type        = bool
  default     = true
  nullable    = false
}

variable "tags" {
  description = "Tags of every resource that takes some."
  type        = map(string)
  default     = {}
  nullable    = false
}
