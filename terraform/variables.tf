variable "name" {
  description = "The installation's name: of the queue, the roles, the service and everything else but the bucket."
  type        = string
  default     = "winnow"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,31}$", var.name))
    error_message = "name is a small letter and up to 31 small letters, digits and hyphens more."
  }
}

variable "bucket" {
  description = "The bucket's name, which nobody else in the world may have."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.bucket) >= 3 && length(var.bucket) <= 63
    error_message = "bucket has 3 to 63 characters."
  }
}

variable "platform" {
  description = "Where the service runs: `ecs` (Fargate) or `eks` (an existing cluster and the manifests in k8s/)."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["ecs", "eks"], var.platform)
    error_message = "platform is ecs or eks."
  }
}

variable "sizing" {
  description = "What the sizes follow from; see modules/sizing for each and its default."
  type = object({
    slowest_file               = optional(number)
    latency_goal               = optional(number)
    concurrency                = optional(number)
    part_size_mib              = optional(number)
    outage_to_survive          = optional(number)
    retention_days             = optional(number)
    dead_letter_retention_days = optional(number)
    stop_timeout               = optional(number)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.platform != "ecs" || var.sizing.stop_timeout == null || try(var.sizing.stop_timeout <= 120, false)
    error_message = "sizing.stop_timeout is at most 120 seconds on ECS, Fargate's limit."
  }
}

variable "settings" {
  description = "More of the service's settings (docs/operations.md), as environment variables."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.settings) : can(regex("^(WINNOW|QUARKUS|JAVA|JDK_JAVA)_", key))])
    error_message = "settings are WINNOW_, QUARKUS_ or JAVA_ variables, or JDK_JAVA_OPTIONS."
  }
  validation {
    condition = alltrue([for key in keys(var.settings) : !can(regex(
    "^WINNOW_(PREFIX_|BUCKET|QUEUE|DEAD_LETTER_QUEUE|DRAIN$|CONCURRENCY$|OUTPUT_PART_SIZE$|ADMIN_USERS_)", key))])
    error_message = "settings cannot name buckets, queues or prefixes, to which the policies are bound, nor what sizing or ecs.admin_users sets."
  }
}

variable "customer_key" {
  description = "Whether bucket and queues are encrypted with a customer key instead of AWS's own."
  type        = bool
  default     = false
  nullable    = false
}

variable "kms_key_arn" {
  description = "An existing customer key; its policy must let S3 and this account use it. Without, `customer_key` makes one."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || var.customer_key
    error_message = "kms_key_arn goes with customer_key = true."
  }
}

variable "lifecycle_days" {
  description = "Days until uploads are aborted, removed versions are deleted, and objects expire by folder; see modules/ingest for each and its default."
  type = object({
    abort_uploads = optional(number)
    noncurrent    = optional(number)
    expire        = optional(map(number))
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for folder in keys(coalesce(var.lifecycle_days.expire, {})) : folder != "receipts"])
    error_message = "Receipts never expire: without its receipt a file is decided again."
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

variable "tagged_sources" {
  description = "Whether senders tag their objects, whose copies then need permissions for the tags."
  type        = bool
  default     = false
  nullable    = false
}

variable "ecs" {
  description = "The service on ECS, with platform ecs; see modules/worker-ecs for each and its default."
  type = object({
    image                    = string
    image_repository_arn     = optional(string)
    architecture             = optional(string)
    cpu                      = optional(number)
    memory                   = optional(number)
    vpc_id                   = string
    subnet_ids               = list(string)
    assign_public_ip         = optional(bool)
    egress_cidrs             = optional(list(string))
    admin_security_group_ids = optional(set(string))
    admin_users              = optional(map(object({ role = optional(string), secret_arn = string })))
    secrets_kms_key_arns     = optional(list(string))
    cluster_name             = optional(string)
    min_tasks                = optional(number)
    max_tasks                = optional(number)
    log_retention_days       = optional(number)
    log_kms_key_arn          = optional(string)
  })
  default = null

  validation {
    condition     = (var.platform == "ecs") == (var.ecs != null)
    error_message = "ecs goes with platform = ecs, and only with it."
  }
}

variable "eks" {
  description = "The service on EKS, with platform eks; see modules/worker-eks for each and its default."
  type = object({
    cluster_name      = string
    identity          = optional(string)
    oidc_provider_arn = optional(string)
    namespace         = optional(string)
    service_account   = optional(string)
    keda = optional(object({
      namespace       = optional(string, "keda")
      service_account = optional(string, "keda-operator")
    }))
  })
  default = null

  validation {
    condition     = (var.platform == "eks") == (var.eks != null)
    error_message = "eks goes with platform = eks, and only with it."
  }
}

variable "schedule" {
  description = "The hourly commands by EventBridge Scheduler; null where something else sends them, as the CronJobs of k8s/. See modules/schedule."
  type = object({
    enabled  = optional(bool)
    commands = optional(map(string))
  })
  default = {}

  validation {
    condition     = var.schedule != null || var.platform == "eks"
    error_message = "schedule may be null on EKS alone, where CronJobs can take its place."
  }
}

variable "alarms" {
  description = "The alarms; see modules/alarms for each and its default. On EKS they need the name of the log group to which pods' lines go."
  type = object({
    emails             = optional(set(string))
    oldest_message     = optional(number)
    expected_gap_hours = optional(number)
    topic_kms_key_arn  = optional(string)
    log_group_name     = optional(string)
    log_line           = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.platform == "eks" || var.alarms.log_group_name == null
    error_message = "alarms.log_group_name is for EKS: on ECS the service has a log group of its own."
  }
}

variable "catalog" {
  description = "Tables for Athena; null, the default: none. See modules/catalog."
  type = object({
    first_day      = string
    athena_results = optional(string)
  })
  default = null

  validation {
    condition     = var.catalog == null || try(can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", var.catalog.first_day)), false)
    error_message = "catalog.first_day is a day as YYYY-MM-DD."
  }
}

variable "tags" {
  description = "Tags of every resource that takes some."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.tags) : !startswith(key, "aws:")])
    error_message = "tags do not begin with aws:, which AWS keeps for itself."
  }
}
