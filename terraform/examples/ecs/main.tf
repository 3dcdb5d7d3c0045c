# Winnow on ECS Fargate with everything that is optional and costs little: admin users, catalog, e-mail.
# Change what is in the locals; the state belongs into a bucket of its own (see the README).

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

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account     = data.aws_caller_identity.current.account_id
  here        = "${data.aws_region.current.region}:${local.account}"
  arn         = "arn:${data.aws_partition.current.partition}"
  repository  = "winnow"
  registry    = "${local.account}.dkr.ecr.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"
  private_vpc = "vpc-0123456789abcdef0"
}

module "winnow" {
  source = "../.."

  bucket   = "winnow-intake-${local.account}"
  platform = "ecs"

  # 99 of 100 files are done within 20 s, and none shall wait for longer than 5 minutes.
  sizing = {
    slowest_file = 20
    latency_goal = 300
  }

  ecs = {
    image                = "${local.registry}/${local.repository}:0.1.0"
    image_repository_arn = "${local.arn}:ecr:${local.here}:repository/${local.repository}"
    vpc_id               = local.private_vpc
    subnet_ids           = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    min_tasks            = 2

    # Made by hand, so that the password is in no state: aws secretsmanager create-secret --name winnow/olga
    admin_users = {
      olga = { role = "operator", secret_arn = "${local.arn}:secretsmanager:${local.here}:secret:winnow/olga-AbCdEf" }
    }
  }

  alarms = {
    emails             = ["operations@example.org"]
    expected_gap_hours = 24
  }

  catalog = {
    first_day = "2026-01-01"
  }
}

output "winnow" {
  description = "What the installation is called."
  value       = module.winnow
}
