# What Winnow needs on an EKS cluster that is there: bucket, queues, roles for the pods and KEDA, alarms.
# The service itself is k8s/overlays/eks, which takes its settings from the outputs:
#
#   terraform output -raw environment_file

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = { service = "winnow" }
  }
}

data "aws_caller_identity" "current" {}

module "winnow" {
  source = "../.."

  bucket       = "winnow-intake-${data.aws_caller_identity.current.account_id}"
  platform     = "eks"
  customer_key = true

  # As k8s/ has it: a grace period of 110 s, and 96 messages a pod.
  sizing = {
    slowest_file = 5
    latency_goal = 60
    stop_timeout = 110
  }

  # The CronJobs of k8s/ send the hourly commands.
  schedule = null

  eks = {
    cluster_name = "platform"
    keda         = {}
  }

  # Container Insights with Fluent Bit puts the pods' lines there.
  alarms = {
    log_group_name = "/aws/containerinsights/platform/application"
    log_line       = "$.log_processed"
    emails         = ["operations@example.org"]
  }
}

output "winnow" {
  description = "What the installation is called."
  value       = module.winnow
}

output "environment_file" {
  description = "The service's settings, as lines of KEY=value."
  value       = module.winnow.environment_file
}
