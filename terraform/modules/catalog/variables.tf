variable "name" {
  description = "The database's name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9_]{1,255}$", var.name))
    error_message = "name is small letters, digits and underscores, as Athena wants it."
  }
}

variable "bucket" {
  description = "The bucket's name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "bucket is a bucket's name."
  }
}

variable "first_day" {
  description = "The first day of which there are files, as YYYY-MM-DD: no query looks before it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", var.first_day)) && can(formatdate("YYYY", "${var.first_day}T00:00:00Z"))
    error_message = "first_day is a day as YYYY-MM-DD."
  }
}

variable "datasets" {
  description = "Each dataset's columns: of its successful outputs, and of its sources, which unsuccessful ones carry after line, codes and reasons."
  type = map(object({
    successful = list(string)
    source     = list(string)
  }))
  default = {
    membership = {
      successful = ["membership_id", "first_name", "last_name", "email", "date_of_birth", "mobile_no", "above_18"]
      source     = ["name", "email", "date_of_birth", "mobile_no"]
    }
  }
  nullable = false

  validation {
    condition     = length(var.datasets) > 0 && alltrue([for name in keys(var.datasets) : can(regex("^[a-z0-9_-]+$", name))])
    error_message = "datasets has one at least, named as its folder."
  }
}

variable "athena_results" {
  description = "Where Athena writes results, as s3://bucket/prefix/, to make a workgroup; null, the default: none. Not below the intake's own prefixes."
  type        = string
  default     = null

  validation {
    condition     = var.athena_results == null || can(regex("^s3://[a-z0-9.-]+/.+/$", var.athena_results))
    error_message = "athena_results is s3://bucket/prefix/."
  }
}

variable "tags" {
  description = "Tags of every resource that takes some."
  type        = map(string)
  default     = {}
  nullable    = false
}
