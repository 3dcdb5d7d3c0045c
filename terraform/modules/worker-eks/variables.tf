variable "name" {
  description = "The name of the roles."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9-]{0,31}$", var.name))
    error_message = "name is a letter and up to 31 letters, digits and hyphens more."
  }
}

variable "cluster_name" {
  description = "The EKS cluster's name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]{0,99}$", var.cluster_name))
    error_message = "cluster_name is the name of an EKS cluster."
  }
}

variable "identity" {
  description = "How pods get their role: `pod-identity` (the cluster has the EKS Pod Identity agent) or `irsa` (it has an OIDC provider in IAM)."
  type        = string
  default     = "pod-identity"
  nullable    = false

  validation {
    condition     = contains(["pod-identity", "irsa"], var.identity)
    error_message = "identity is pod-identity or irsa."
  }
}

variable "oidc_provider_arn" {
  description = "The ARN of the cluster's OIDC provider; with `irsa` only."
  type        = string
  default     = null

  validation {
    condition     = (var.identity == "irsa") == (var.oidc_provider_arn != null)
    error_message = "oidc_provider_arn goes with identity = irsa, and only with it."
  }
  validation {
    condition     = var.oidc_provider_arn == null || can(regex("^arn:[^:]+:iam::[0-9]{12}:oidc-provider/", var.oidc_provider_arn))
    error_message = "oidc_provider_arn is the ARN of an OIDC provider in IAM."
  }
}

variable "namespace" {
  description = "The namespace of the service."
  type        = string
  default     = "winnow"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.namespace))
    error_message = "namespace is a DNS label: no wildcard, or other namespaces' pods get the role."
  }
}

variable "service_account" {
  description = "The service's ServiceAccount."
  type        = string
  default     = "winnow"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", var.service_account))
    error_message = "service_account is a DNS name without a wildcard."
  }
}

variable "keda" {
  description = "Where KEDA's operator runs, to give it a role that reads the queue's depth; null, the default: no such role."
  type = object({
    namespace       = optional(string, "keda")
    service_account = optional(string, "keda-operator")
  })
  default = null

  validation {
    condition     = var.keda == null || can(regex("^[a-z0-9.-]+$", "${var.keda.namespace}${var.keda.service_account}"))
    error_message = "keda has a namespace and a service account, without wildcards."
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

variable "queue_arn" {
  description = "The queue's ARN, whose depth KEDA reads."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[^:]+:sqs:", var.queue_arn))
    error_message = "queue_arn is the ARN of a queue."
  }
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
  nullable    = false
}
