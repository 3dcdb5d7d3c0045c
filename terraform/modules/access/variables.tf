variable "bucket_arn" {
  description = "The bucket's ARN."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[^:]+:s3:::[^/*]+$", var.bucket_arn))
    error_message = "bucket_arn is the ARN of a bucket, without a path."
  }
}

variable "queue_arn" {
  description = "The ARN of the queue that announces files."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[^:]+:sqs:[^:]+:[0-9]{12}:[A-Za-z0-9_-]+$", var.queue_arn))
    error_message = "queue_arn is the ARN of a standard queue."
  }
}

variable "dead_letter_queue_arn" {
  description = "The ARN of the dead-letter queue."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[^:]+:sqs:[^:]+:[0-9]{12}:[A-Za-z0-9_-]+$", var.dead_letter_queue_arn))
    error_message = "dead_letter_queue_arn is the ARN of a standard queue."
  }
}

variable "customer_key" {
  description = "Whether bucket and queues are encrypted with a customer key, so that the service needs it too."
  type        = bool
  default     = false
  nullable    = false
}

variable "kms_key_arn" {
  description = "The customer key's ARN; only with `customer_key`."
  type        = string
  default     = null

  validation {
    condition     = var.customer_key || var.kms_key_arn == null
    error_message = "kms_key_arn goes with customer_key = true."
  }
}

variable "tagged_sources" {
  description = "Whether senders tag their objects: then a copy to `backup/` copies the tags and needs permissions for it."
  type        = bool
  default     = false
  nullable    = false
}
