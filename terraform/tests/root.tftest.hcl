variables {
  bucket   = "winnow-test"
  platform = "ecs"
  ecs = {
    image      = "winnow:0.1.0"
    vpc_id     = "vpc-1"
    subnet_ids = ["subnet-1", "subnet-2"]
  }
}

run "ecs" {
  command = plan

  assert {
    condition = output.environment == {
      AWS_REGION               = "eu-west-1"
      WINNOW_BUCKET            = "winnow-test"
      WINNOW_BUCKET_OWNER      = "123456789012"
      WINNOW_CONCURRENCY       = "8"
      WINNOW_DEAD_LETTER_QUEUE = "https://sqs.eu-west-1.amazonaws.com/123456789012/winnow-dead-letters"
      WINNOW_DRAIN             = "100S"
      WINNOW_OUTPUT_PART_SIZE  = "5M"
      WINNOW_QUEUE             = "https://sqs.eu-west-1.amazonaws.com/123456789012/winnow"
    }
    error_message = "The service is told its places and sizes."
  }
  assert {
    condition     = output.ecs.cluster_name == "winnow" && output.keda_role_arn == null && output.athena == null
    error_message = "ECS, and nothing of EKS."
  }
  assert {
    condition     = length(output.alarm_names) == 9 && contains(output.alarm_names, "winnow-no-sweep")
    error_message = "Every alarm but the one on silence: ${join(" ", output.alarm_names)}"
  }
}

run "eks" {
  command = apply
  variables {
    platform = "eks"
    ecs      = null
    eks      = { cluster_name = "platform", keda = {} }
    schedule = null
    settings = { QUARKUS_LOG_LEVEL = "DEBUG" }
  }

  assert {
    condition     = output.role_arn == "arn:aws:iam::123456789012:role/winnow-eu-west-1-service" && output.keda_role_arn == "arn:aws:iam::123456789012:role/winnow-eu-west-1-keda"
    error_message = "A role each."
  }
  assert {
    condition     = output.ecs == null && output.environment["QUARKUS_LOG_LEVEL"] == "DEBUG"
    error_message = "Nothing of ECS, and settings go through."
  }
  assert {
    condition     = strcontains(output.environment_file, "WINNOW_QUEUE=https://sqs.eu-west-1.amazonaws.com/123456789012/winnow\n")
    error_message = "As lines for a ConfigMap."
  }
  assert {
    condition     = length(output.alarm_names) == 4
    error_message = "What the queues tell, without a log group: ${join(" ", output.alarm_names)}"
  }
}

run "both_platforms" {
  command = plan
  variables {
    eks = { cluster_name = "platform" }
  }
  expect_failures = [var.eks]
}

run "platform_without_its_settings" {
  command = plan
  variables {
    platform = "eks"
    ecs      = null
  }
  expect_failures = [var.eks]
}

run "prefixes_are_bound_to_policies" {
  command = plan
  variables {
    settings = { WINNOW_PREFIX_INCOMING = "inbox/" }
  }
  expect_failures = [var.settings]
}

run "grace_beyond_fargate" {
  command = plan
  variables {
    sizing = { stop_timeout = 300 }
  }
  expect_failures = [var.sizing]
}

run "no_schedule_on_ecs" {
  command = plan
  variables {
    schedule = null
  }
  expect_failures = [var.schedule]
}

run "key_without_encryption" {
  command = plan
  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1234"
  }
  expect_failures = [var.kms_key_arn]
}
