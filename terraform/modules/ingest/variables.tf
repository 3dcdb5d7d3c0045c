variable "bucket" {
  description = "The bucket's name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "bucket is 3 to 63 small letters, digits and hyphens, without dots: their TLS certificate would not fit."
  }
}

variable "name" {
  description = "The queue's name; the dead-letter queue's is `{name}-dead-letters`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,60}$", var.name))
    error_message = "name is up to 60 letters, digits, hyphens and underscores."
  }
}

variable "visibility_timeout" {
  description = "The queue's visibility time-out in seconds."
  type        = number
  nullable    = false

  validation {
    condition     = var.visibility_timeout >= 60 && var.visibility_timeout <= 43200
    error_message = "visibility_timeout is between a minute and 12 hours."
  }
}

variable "max_receive_count" {
  description = "How often a message is delivered before it is given up."
  type        = number
  nullable    = false

  validation {
    condition     = var.max_receive_count >= 2 && var.max_receive_count <= 1000
    error_message = "max_receive_count is between 2, since one failed delivery is no reason to give up, and 1000."
  }
}

variable "retention" {
  description = "The queue's retention in seconds."
  type        = number
  nullable    = false

  validation {
    condition     = var.retention >= 86400 && var.retention < 1209600
    error_message = "retention is between a day and less than 14 days."
  }
}

variable "dead_letter_retention" {
  description = "The dead-letter queue's retention in seconds."
  type        = number
  nullable    = false

  validation {
    condition     = var.dead_letter_retention > var.retention && var.dead_letter_retention <= 1209600
    error_message = "dead_letter_retention is more than retention, since a moved message keeps its first time, and 14 days at most."
  }
}

variable "customer_key" {
  description = "Whether bucket and queues are encrypted with a customer key (SSE-KMS) instead of AWS's own (SSE-S3, SSE-SQS)."
  type        = bool
  default     = false
  nullable    = false
}

variable "kms_key_arn" {
  description = "An existing customer key; its policy must let S3 use it. Without, `customer_key` makes one."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || var.customer_key
    error_message = "kms_key_arn goes with customer_key = true."
  }
  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key, not of an alias: S3 must be told which key its events' queue has."
  }
}

variable "abort_uploads_after_days" {
  description = "After how many days an upload that was not completed is aborted. A committed file whose uploads expire first is decided again."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.abort_uploads_after_days >= 3 && floor(var.abort_uploads_after_days) == var.abort_uploads_after_days
    error_message = "abort_uploads_after_days is a whole number from 3: longer than any outage between a commit and its publication."
  }
}

variable "noncurrent_days" {
  description = "After how many days a removed or replaced version is deleted for good."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.noncurrent_days >= 1 && floor(var.noncurrent_days) == var.noncurrent_days
    error_message = "noncurrent_days is a whole number from 1."
  }
}

variable "expire_after_days" {
  description = "After how many days objects expire, by folder: any of successful, unsuccessful, backup, consolidated. None by default. Receipts never do."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for folder in keys(var.expire_after_days) : contains(["successful", "unsuccessful", "backup", "consolidated"], folder)])
    error_message = "expire_after_days knows successful, unsuccessful, backup and consolidated; sources, receipts, dead letters and the audit trail do not expire."
  }
  validation {
    condition     = alltrue([for days in values(var.expire_after_days) : days >= 7 && floor(days) == days])
    error_message = "expire_after_days has whole numbers from 7: consolidation and a redrive still need what they read."
  }
}

variable "access_log_bucket" {
  description = "A bucket for S3's server access logs; none by default."
  type        = string
  default     = null

  validation {
    condition     = var.access_log_bucket == null || var.access_log_bucket != var.bucket
    error_message = "access_log_bucket is another bucket: logs of writing logs would never end."
  }
}

variable "console_origins" {
  description = "Where browsers have the console from, such as `https://winnow.example.com`: pages of these origins may upload by a signed URL. None by default."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for origin in var.console_origins : can(regex("^https?://[a-z0-9.-]+(:[0-9]+)?$", origin))])
    error_message = "console_origins are https://HOST or http://HOST, with a port at most: no path, no star."
  }
}

variable "force_destroy" {
  description = "Whether `terraform destroy` may delete a bucket that still holds objects."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
  nullable    = false
}
