variable "slowest_file" {
  description = "How long the slowest usual file takes, in seconds: the 99th percentile of `winnow_files_seconds`."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.slowest_file > 0 && var.slowest_file <= 7200
    error_message = "slowest_file is between 0 and 7200 seconds: visibility is six times that, and SQS allows 12 hours."
  }
}

variable "latency_goal" {
  description = "How long a file may wait in the queue while tasks are added, in seconds."
  type        = number
  default     = 300
  nullable    = false

  validation {
    condition     = var.latency_goal >= var.slowest_file
    error_message = "latency_goal is at least slowest_file: no number of tasks makes a file wait for less than one file takes."
  }
}

variable "concurrency" {
  description = "How many files a task has in work at once (`WINNOW_CONCURRENCY`)."
  type        = number
  default     = 8
  nullable    = false

  validation {
    condition     = var.concurrency >= 1 && floor(var.concurrency) == var.concurrency
    error_message = "concurrency is a whole number from 1."
  }
}

variable "part_size_mib" {
  description = "The size of an upload's parts in MiB (`WINNOW_OUTPUT_PART_SIZE`)."
  type        = number
  default     = 5
  nullable    = false

  validation {
    condition     = var.part_size_mib >= 5 && var.part_size_mib <= 2047 && floor(var.part_size_mib) == var.part_size_mib
    error_message = "part_size_mib is a whole number from 5, S3's least part, to 2047, the largest that the service can hold."
  }
}

variable "outage_to_survive" {
  description = "How long S3 may be out before a file becomes a dead letter, in seconds; decides maxReceiveCount."
  type        = number
  default     = 1500
  nullable    = false

  validation {
    condition     = var.outage_to_survive >= 60 && var.outage_to_survive <= 43200
    error_message = "outage_to_survive is between a minute and 12 hours (60 to 43200 seconds)."
  }
}

variable "retention_days" {
  description = "How long the queue keeps a message, in days."
  type        = number
  default     = 4
  nullable    = false

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 13
    error_message = "retention_days is between 1 and 13: the dead-letter queue keeps messages for longer, and SQS for 14 days at most."
  }
}

variable "dead_letter_retention_days" {
  description = "How long the dead-letter queue keeps a message, in days, counted from its first arrival in the queue."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = var.dead_letter_retention_days > var.retention_days && var.dead_letter_retention_days <= 14
    error_message = "dead_letter_retention_days is more than retention_days, since a moved message keeps its first time, and 14 at most."
  }
}

variable "stop_timeout" {
  description = "How long the platform waits after SIGTERM, in seconds; Fargate allows 120."
  type        = number
  default     = 120
  nullable    = false

  validation {
    condition     = var.stop_timeout >= 45 && var.stop_timeout <= 3600
    error_message = "stop_timeout is between 45 seconds, since 20 are for the end after the drain and a poll lasts up to 20, and an hour."
  }
}
