data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  region    = data.aws_region.current.region
  partition = data.aws_partition.current.partition
  ecs       = "arn:${local.partition}:ecs:${local.region}:${local.account}"
  cluster   = coalesce(var.cluster_name, var.name)
  log_group = "/winnow/${var.name}"
  # Names with the region: roles belong to the whole account.
  task_role      = "${var.name}-${local.region}-task"
  execution_role = "${var.name}-${local.region}-start"
}

resource "aws_ecs_cluster" "this" {
  count = var.cluster_name == null ? 1 : 0

  name = local.cluster
  tags = var.tags

  # RunningTaskCount, by which tasks are scaled and watched, is a metric of Container Insights.
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_158:Encrypted with AWS's own key by default; log_kms_key_arn names another
  #checkov:skip=CKV_AWS_338:How long logs are kept is the operator's choice; they hold no evidence that the bucket has not
  name              = local.log_group
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  tags                     = var.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  # Winnow's image writes nothing. What another one does, as Vert.x's cache or a dump, goes here; the folder has the owner
  # that the image's VOLUME has.
  volume {
    name = "tmp"
  }

  container_definitions = jsonencode([
    {
      name                   = "winnow"
      image                  = var.image
      essential              = true
      user                   = "10001"
      readonlyRootFilesystem = true
      stopTimeout            = var.stop_timeout
      mountPoints            = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]
      portMappings           = [{ containerPort = 8080, protocol = "tcp" }]
      linuxParameters        = { capabilities = { drop = ["ALL"] } }
      environment = concat(
        [for key, value in var.environment : { name = key, value = value }],
        [for name, user in var.admin_users : { name = "WINNOW_ADMIN_USERS_${upper(name)}_ROLE", value = user.role }],
      )
      secrets = [for name, user in var.admin_users :
        { name = "WINNOW_ADMIN_USERS_${upper(name)}_PASSWORD", valueFrom = user.secret_arn }
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = local.log_group
          awslogs-region        = local.region
          awslogs-stream-prefix = "winnow"
          # A full buffer drops lines instead of holding the service up.
          mode            = "non-blocking"
          max-buffer-size = "4m"
        }
      }
    }
  ])
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-"
  description = "Tasks of ${var.name}: out to AWS by TLS, nothing in but the admin calls where they are opened"
  vpc_id      = var.vpc_id
  tags        = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "tls" {
  for_each = toset(var.egress_cidrs)

  security_group_id = aws_security_group.this.id
  description       = "S3, SQS, ECR, CloudWatch Logs and secrets"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  tags              = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "admin" {
  for_each = var.admin_security_group_ids

  security_group_id            = aws_security_group.this.id
  description                  = "Admin calls, health and metrics"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
  tags                         = var.tags
}

resource "aws_ecs_service" "this" {
  #checkov:skip=CKV_AWS_333:No public address unless the subnets are public ones: assign_public_ip
  name                               = var.name
  cluster                            = var.cluster_name == null ? aws_ecs_cluster.this[0].arn : "${local.ecs}:cluster/${local.cluster}"
  task_definition                    = aws_ecs_task_definition.this.arn
  desired_count                      = var.min_tasks
  launch_type                        = "FARGATE"
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"
  tags                               = var.tags

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [aws_security_group.this.id]
    assign_public_ip = var.assign_public_ip
  }

  # A version that does not start, as for a missing queue or permission, is taken back.
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  # Scaling sets it.
  lifecycle {
    ignore_changes = [desired_count]
  }

  # A task that starts before its role may do anything ends at once.
  depends_on = [aws_iam_role_policy.task, aws_iam_role_policy.execution]
}
