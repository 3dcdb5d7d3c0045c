variables {
  name                 = "winnow"
  image                = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/winnow:0.1.0"
  image_repository_arn = "arn:aws:ecr:eu-west-1:123456789012:repository/winnow"
  vpc_id               = "vpc-1"
  subnet_ids           = ["subnet-1", "subnet-2"]
  queue_name           = "winnow"
  backlog_per_task     = 240
  policy_json          = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  environment = {
    WINNOW_BUCKET            = "winnow-test"
    WINNOW_QUEUE             = "winnow"
    WINNOW_DEAD_LETTER_QUEUE = "winnow-dead-letters"
    WINNOW_DRAIN             = "100S"
  }
  admin_users = {
    olga = { role = "operator", secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:winnow/olga-AbCdEf:password::" }
    vera = { secret_arn = "arn:aws:ssm:eu-west-1:123456789012:parameter/winnow/vera" }
  }
}

run "container" {
  command = plan
  module {
    source = "./modules/worker-ecs"
  }

  assert {
    condition = (
      one(jsondecode(aws_ecs_task_definition.this.container_definitions)).readonlyRootFilesystem &&
      one(jsondecode(aws_ecs_task_definition.this.container_definitions)).user == "10001" &&
    one(jsondecode(aws_ecs_task_definition.this.container_definitions)).linuxParameters.capabilities.drop == ["ALL"])
    error_message = "Nothing to write to, no root, no capabilities."
  }
  assert {
    condition = (one(one(jsondecode(aws_ecs_task_definition.this.container_definitions)).mountPoints).containerPath == "/tmp" &&
    one(aws_ecs_task_definition.this.volume).name == one(one(jsondecode(aws_ecs_task_definition.this.container_definitions)).mountPoints).sourceVolume)
    error_message = "But a folder for temporary files."
  }
  assert {
    condition     = one(jsondecode(aws_ecs_task_definition.this.container_definitions)).stopTimeout == 120
    error_message = "Fargate's longest grace period, longer than the drain."
  }
  assert {
    condition = one(jsondecode(aws_ecs_task_definition.this.container_definitions)).secrets == [
      { name = "WINNOW_ADMIN_USERS_OLGA_PASSWORD", valueFrom = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:winnow/olga-AbCdEf:password::" },
      { name = "WINNOW_ADMIN_USERS_VERA_PASSWORD", valueFrom = "arn:aws:ssm:eu-west-1:123456789012:parameter/winnow/vera" },
    ]
    error_message = "Passwords come from where secrets are kept."
  }
  assert {
    condition = toset([for variable in one(jsondecode(aws_ecs_task_definition.this.container_definitions)).environment :
      "${variable.name}=${variable.value}" if startswith(variable.name, "WINNOW_ADMIN")]) == toset([
      "WINNOW_ADMIN_USERS_OLGA_ROLE=operator", "WINNOW_ADMIN_USERS_VERA_ROLE=viewer"
    ])
    error_message = "Roles are no secrets; who has none given may look."
  }
  assert {
    condition     = one(aws_ecs_task_definition.this.runtime_platform).cpu_architecture == "ARM64"
    error_message = "The cheaper processor."
  }
}

run "service" {
  command = plan
  module {
    source = "./modules/worker-ecs"
  }

  assert {
    condition     = one(aws_ecs_service.this.deployment_circuit_breaker).enable && one(aws_ecs_service.this.deployment_circuit_breaker).rollback
    error_message = "What does not start is taken back."
  }
  assert {
    condition     = one(aws_ecs_cluster.this[0].setting) == { name = "containerInsights", value = "enabled" }
    error_message = "Without Container Insights there is no RunningTaskCount."
  }
  assert {
    condition = (length(aws_vpc_security_group_ingress_rule.admin) == 0 && alltrue([for rule in aws_vpc_security_group_egress_rule.tls :
    rule.from_port == 443 && rule.to_port == 443 && rule.ip_protocol == "tcp"]))
    error_message = "Nothing in, TLS out."
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 90
    error_message = "Logs do not stay for ever."
  }
}

run "scaling" {
  command = plan
  module {
    source = "./modules/worker-ecs"
  }

  assert {
    condition     = one(aws_appautoscaling_policy.backlog.target_tracking_scaling_policy_configuration).target_value == 240
    error_message = "The backlog per task is the target."
  }
  assert {
    condition = { for metric in one(one(aws_appautoscaling_policy.backlog.target_tracking_scaling_policy_configuration).customized_metric_specification).metrics :
      metric.id => metric.expression if metric.return_data } == { e1 = "(m1 + m2) / m3"
    }
    error_message = "One value: what waits and what is in work, by task."
  }
  assert {
    condition = { for metric in one(one(aws_appautoscaling_policy.backlog.target_tracking_scaling_policy_configuration).customized_metric_specification).metrics :
      metric.id => one(one(metric.metric_stat).metric).metric_name if !metric.return_data } == {
      m1 = "ApproximateNumberOfMessagesVisible", m2 = "ApproximateNumberOfMessagesNotVisible", m3 = "RunningTaskCount"
    }
    error_message = "Messages in work count, or busy tasks are taken for idle."
  }
  assert {
    condition     = aws_appautoscaling_target.this.min_capacity == 1 && aws_appautoscaling_target.this.max_capacity == 10
    error_message = "One task at least."
  }
}

run "roles" {
  command = plan
  module {
    source = "./modules/worker-ecs"
  }

  assert {
    condition = jsondecode(aws_iam_role.task.assume_role_policy) == {
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = "ecs-tasks.amazonaws.com" }
        Condition = {
          ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:eu-west-1:123456789012:*" }
          StringEquals = { "aws:SourceAccount" = "123456789012" }
        }
      }]
    }
    error_message = "ECS, for this account's tasks: ${aws_iam_role.task.assume_role_policy}"
  }
  assert {
    condition = one(jsondecode(aws_iam_role_policy.protection.policy).Statement) == {
      Sid      = "TaskProtection"
      Effect   = "Allow"
      Action   = "ecs:UpdateTaskProtection"
      Resource = "arn:aws:ecs:eu-west-1:123456789012:task/winnow/*"
    }
    error_message = "Tasks of this cluster."
  }
  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Action
    if contains(flatten([statement.Resource]), "*")] == ["ecr:GetAuthorizationToken"]
    error_message = "The one action for which AWS knows no resource."
  }
  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Resource
    if statement.Sid == "Secrets"] == ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:winnow/olga-AbCdEf"]
    error_message = "Just these secrets, without the key that follows: ${aws_iam_role_policy.execution.policy}"
  }
  assert {
    condition = [for statement in jsondecode(output.run_task_policy_json).Statement : statement if statement.Sid == "Pass"] == [{
      Sid    = "Pass"
      Effect = "Allow"
      Action = "iam:PassRole"
      Resource = [
        "arn:aws:iam::123456789012:role/winnow-eu-west-1-start", "arn:aws:iam::123456789012:role/winnow-eu-west-1-task",
      ]
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    }]
    error_message = "These two roles, and to ECS alone: ${output.run_task_policy_json}"
  }
  assert {
    condition     = toset([aws_iam_role.task.name, aws_iam_role.execution.name]) == toset(["winnow-eu-west-1-start", "winnow-eu-west-1-task"])
    error_message = "The roles that may be passed are the roles there are."
  }
}

run "drain_beyond_the_grace_period" {
  command = plan
  module {
    source = "./modules/worker-ecs"
  }
  variables {
    stop_timeout = 100
  }
  expect_failures = [var.stop_timeout]
}

run "no_task" {
  command = plan
  module {
    source = "./modules/worker-ecs"
  }
  variables {
    min_tasks = 0
  }
  expect_failures = [var.min_tasks]
}

run "latest" {
  command = plan
  module {
    source = "./modules/worker-ecs"
  }
  variables {
    image = "winnow:latest"
  }
  expect_failures = [var.image]
}

run "secrets_in_the_open" {
  command = plan
  module {
    source = "./modules/worker-ecs"
  }
  variables {
    environment = {
      WINNOW_BUCKET                    = "winnow-test"
      WINNOW_QUEUE                     = "winnow"
      WINNOW_DEAD_LETTER_QUEUE         = "winnow-dead-letters"
      WINNOW_DRAIN                     = "100S"
      WINNOW_ADMIN_USERS_OLGA_PASSWORD = "not here"
    }
  }
  expect_failures = [var.environment]
}

run "one_zone" {
  command = plan
  module {
    source = "./modules/worker-ecs"
  }
  variables {
    subnet_ids = ["subnet-1", "subnet-1"]
  }
  expect_failures = [var.subnet_ids]
}

run "memory_that_fargate_has_not" {
  command = plan
  module {
    source = "./modules/worker-ecs"
  }
  variables {
    cpu    = 4096
    memory = 31744
  }
  expect_failures = [var.memory]
}

run "the_most_of_fargate" {
  command = plan
  module {
    source = "./modules/worker-ecs"
  }
  variables {
    cpu    = 16384
    memory = 122880
  }
  assert {
    condition     = aws_ecs_task_definition.this.memory == "122880"
    error_message = "120 GB beside 16 vCPU."
  }
}

run "too_little_memory" {
  command = plan
  module {
    source = "./modules/worker-ecs"
  }
  variables {
    least_memory = 4000
  }
  expect_failures = [var.memory]
}
