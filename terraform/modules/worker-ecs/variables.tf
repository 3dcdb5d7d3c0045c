variable "name" {
  description = "The name of service, task family, roles and log group."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9-]{0,31}$", var.name))
    error_message = "name is a letter and up to 31 letters, digits and hyphens more."
  }
}

variable "image" {
  description = "The service's image, best by digest: `{registry}/winnow@sha256:...`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s:]+(:[0-9]+/[^\\s:]+)?(:[A-Za-z0-9_.-]+|@sha256:[0-9a-f]{64})$", var.image)) && !endswith(var.image, ":latest")
    error_message = "image has a tag or a digest, and the tag is not latest: a replaced task would bring another version with it."
  }
}

variable "image_repository_arn" {
  description = "The ARN of the image's ECR repository, which the execution role may then read; null for another registry that asks for no credentials."
  type        = string
  default     = null

  validation {
    condition     = var.image_repository_arn == null || can(regex("^arn:[^:]+:ecr:[^:]+:[0-9]{12}:repository/", var.image_repository_arn))
    error_message = "image_repository_arn is the ARN of an ECR repository."
  }
}

variable "architecture" {
  description = "The processor, as the image is built for: ARM64 (about a fifth cheaper) or X86_64."
  type        = string
  default     = "ARM64"
  nullable    = false

  validation {
    condition     = contains(["ARM64", "X86_64"], var.architecture)
    error_message = "architecture is ARM64 or X86_64."
  }
}

variable "cpu" {
  description = "A task's CPU units (1024 are one vCPU)."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.cpu)
    error_message = "cpu is one of Fargate's sizes: 256, 512, 1024, 2048, 4096, 8192, 16384."
  }
}

variable "memory" {
  description = "A task's memory in MiB."
  type        = number
  default     = 2048
  nullable    = false

  validation {
    condition = contains(lookup({
      256   = [512, 1024, 2048]
      512   = range(1024, 4097, 1024)
      1024  = range(2048, 8193, 1024)
      2048  = range(4096, 16385, 1024)
      4096  = range(8192, 30721, 1024)
      8192  = range(16384, 61441, 4096)
      16384 = range(32768, 122881, 8192)
    }, var.cpu, []), var.memory)
    error_message = "memory is one of the sizes that Fargate has for this cpu: with 1024, from 2048 to 8192 in steps of 1024."
  }
  validation {
    condition     = var.memory >= var.least_memory
    error_message = "memory is less than least_memory, which concurrency and part size ask for."
  }
}

variable "least_memory" {
  description = "The least memory in MiB that concurrency and part size ask for (module sizing)."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = var.least_memory > 0
    error_message = "least_memory is positive."
  }
}

variable "vpc_id" {
  description = "The VPC of the tasks."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.vpc_id, "vpc-")
    error_message = "vpc_id is the id of a VPC."
  }
}

variable "subnet_ids" {
  description = "The subnets of the tasks, in two zones at least; private ones with a way out to S3, SQS, ECR and CloudWatch Logs."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(distinct(var.subnet_ids)) >= 2
    error_message = "subnet_ids are two at least: a zone may fail."
  }
}

variable "assign_public_ip" {
  description = "Whether tasks get a public address: needed in public subnets, where it replaces the NAT gateway."
  type        = bool
  default     = false
  nullable    = false
}

variable "egress_cidrs" {
  description = "Where tasks may connect to, on port 443 alone."
  type        = list(string)
  default     = ["0.0.0.0/0"]
  nullable    = false

  validation {
    condition     = length(var.egress_cidrs) > 0 && alltrue([for cidr in var.egress_cidrs : can(cidrnetmask(cidr))])
    error_message = "egress_cidrs are IPv4 ranges, and one at least: without, no task reaches S3."
  }
}

variable "admin_security_group_ids" {
  description = "Security groups, of a load balancer or a jump host, that may reach the admin calls on port 8080. None by default."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.admin_security_group_ids : startswith(id, "sg-")])
    error_message = "admin_security_group_ids are ids of security groups."
  }
}

variable "admin_users" {
  description = "Users of the admin calls, by name: their role and the ARN of the Secrets Manager secret or SSM parameter that holds the password or its bcrypt hash."
  type = map(object({
    role       = optional(string, "viewer")
    secret_arn = string
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.admin_users) : can(regex("^[a-z][a-z0-9]*$", name))])
    error_message = "admin_users have names of small letters and digits: a name is a part of an environment variable's."
  }
  validation {
    condition     = alltrue([for user in values(var.admin_users) : contains(["viewer", "operator"], user.role)])
    error_message = "admin_users are viewer or operator."
  }
  validation {
    condition     = alltrue([for user in values(var.admin_users) : can(regex("^arn:[^:]+:(secretsmanager:[^:]+:[0-9]{12}:secret:|ssm:[^:]+:[0-9]{12}:parameter/)", user.secret_arn))])
    error_message = "secret_arn is the ARN of a Secrets Manager secret (a :key:: may follow) or of an SSM parameter."
  }
}

variable "secrets_kms_key_arns" {
  description = "Customer keys with which these secrets are encrypted. None with AWS's own."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.secrets_kms_key_arns : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/", arn))])
    error_message = "secrets_kms_key_arns are ARNs of keys."
  }
}

variable "environment" {
  description = "The service's settings (docs/operations.md), as environment variables."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for required in ["WINNOW_BUCKET", "WINNOW_QUEUE", "WINNOW_DEAD_LETTER_QUEUE", "WINNOW_DRAIN"] : contains(keys(var.environment), required)])
    error_message = "environment has WINNOW_BUCKET, WINNOW_QUEUE, WINNOW_DEAD_LETTER_QUEUE and WINNOW_DRAIN."
  }
  validation {
    condition     = alltrue([for key in keys(var.environment) : !can(regex("PASSWORD|SECRET", key))])
    error_message = "environment holds no secrets: they would stand in the task definition for everyone to read. Use admin_users."
  }
}

variable "policy_json" {
  description = "What the service may do (module access)."
  type        = string
  nullable    = false

  validation {
    condition     = can(jsondecode(var.policy_json))
    error_message = "policy_json is JSON."
  }
}

variable "queue_name" {
  description = "The queue's name, whose backlog decides the number of tasks."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,80}$", var.queue_name))
    error_message = "queue_name is a standard queue's name, not its URL."
  }
}

variable "stop_timeout" {
  description = "How long ECS waits after SIGTERM, in seconds."
  type        = number
  default     = 120
  nullable    = false

  validation {
    condition     = var.stop_timeout <= 120 && var.stop_timeout > try(tonumber(trimsuffix(var.environment["WINNOW_DRAIN"], "S")), 999)
    error_message = "stop_timeout is at most 120 seconds, Fargate's limit, and longer than WINNOW_DRAIN, given in seconds as 100S."
  }
}

variable "cluster_name" {
  description = "An existing ECS cluster with Container Insights; without, one is made."
  type        = string
  default     = null

  validation {
    condition     = var.cluster_name == null || can(regex("^[A-Za-z0-9_-]{1,255}$", var.cluster_name))
    error_message = "cluster_name is a name, not an ARN."
  }
}

variable "min_tasks" {
  description = "The least number of tasks. With none there is no backlog per task to scale by."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.min_tasks >= 1
    error_message = "min_tasks is 1 at least: with no task running the target has no data, and nothing would start one."
  }
}

variable "max_tasks" {
  description = "The largest number of tasks."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.max_tasks >= var.min_tasks
    error_message = "max_tasks is min_tasks at least."
  }
}

variable "backlog_per_task" {
  description = "How many messages a task may have before it (module sizing): the target of scaling."
  type        = number
  nullable    = false

  validation {
    condition     = var.backlog_per_task >= 1
    error_message = "backlog_per_task is 1 at least."
  }
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the logs, in days."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is one of the periods that CloudWatch Logs knows."
  }
}

variable "log_kms_key_arn" {
  description = "A customer key for the logs; its policy must let CloudWatch Logs use it. They hold no person's data."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/", var.log_kms_key_arn))
    error_message = "log_kms_key_arn is the ARN of a key."
  }
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
  nullable    = false
}
