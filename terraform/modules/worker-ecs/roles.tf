data "aws_iam_policy_document" "tasks_assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["${local.ecs}:*"]
    }
  }
}

# The service's own role.
resource "aws_iam_role" "task" {
  name               = local.task_role
  description        = "What the tasks of ${var.name} may do"
  assume_role_policy = data.aws_iam_policy_document.tasks_assume.json
  tags               = var.tags
}

resource "aws_iam_role_policy" "task" {
  name   = "intake"
  role   = aws_iam_role.task.id
  policy = var.policy_json
}

# Scale-in leaves a task alone that has work in hand.
data "aws_iam_policy_document" "protection" {
  statement {
    sid       = "TaskProtection"
    actions   = ["ecs:UpdateTaskProtection"]
    resources = ["${local.ecs}:task/${local.cluster}/*"]
  }
}

resource "aws_iam_role_policy" "protection" {
  name   = "task-protection"
  role   = aws_iam_role.task.id
  policy = data.aws_iam_policy_document.protection.json
}

# The role by which ECS starts a task; the service never has it.
resource "aws_iam_role" "execution" {
  name               = local.execution_role
  description        = "What ECS may do to start the tasks of ${var.name}"
  assume_role_policy = data.aws_iam_policy_document.tasks_assume.json
  tags               = var.tags
}

locals {
  secret_arns = [for user in values(var.admin_users) : user.secret_arn]
  # A key, stage and version may follow the secret's ARN, which ends with its seventh part.
  secrets    = distinct([for arn in local.secret_arns : join(":", slice(split(":", arn), 0, 7)) if strcontains(arn, ":secretsmanager:")])
  parameters = distinct([for arn in local.secret_arns : arn if strcontains(arn, ":ssm:")])
}

data "aws_iam_policy_document" "execution" {
  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:${local.log_group}:log-stream:winnow/*"]
  }

  # AWS knows no resource for this one action.
  dynamic "statement" {
    for_each = var.image_repository_arn == null ? [] : [1]
    content {
      sid       = "Registry"
      actions   = ["ecr:GetAuthorizationToken"]
      resources = ["*"]
    }
  }

  dynamic "statement" {
    for_each = var.image_repository_arn == null ? [] : [1]
    content {
      sid       = "Image"
      actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      resources = [var.image_repository_arn]
    }
  }

  dynamic "statement" {
    for_each = length(local.secrets) == 0 ? [] : [1]
    content {
      sid       = "Secrets"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = local.secrets
    }
  }

  dynamic "statement" {
    for_each = length(local.parameters) == 0 ? [] : [1]
    content {
      sid       = "Parameters"
      actions   = ["ssm:GetParameters"]
      resources = local.parameters
    }
  }

  dynamic "statement" {
    for_each = length(var.secrets_kms_key_arns) == 0 ? [] : [1]
    content {
      sid       = "KeysOfSecrets"
      actions   = ["kms:Decrypt"]
      resources = var.secrets_kms_key_arns
    }
  }
}

resource "aws_iam_role_policy" "execution" {
  name   = "start"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.execution.json
}

# For whoever runs `batch` as a task of its own, as an Airflow worker: attach it to that role.
data "aws_iam_policy_document" "run_task" {
  statement {
    sid       = "Run"
    actions   = ["ecs:RunTask"]
    resources = ["${local.ecs}:task-definition/${var.name}:*"]
    condition {
      test     = "ArnEquals"
      variable = "ecs:cluster"
      values   = ["${local.ecs}:cluster/${local.cluster}"]
    }
  }

  statement {
    sid       = "Follow"
    actions   = ["ecs:DescribeTasks", "ecs:StopTask"]
    resources = ["${local.ecs}:task/${local.cluster}/*"]
  }

  # Just these two roles, and to ECS alone: who may pass any role may become any.
  statement {
    sid       = "Pass"
    actions   = ["iam:PassRole"]
    resources = [for role in [local.task_role, local.execution_role] : "arn:${local.partition}:iam::${local.account}:role/${role}"]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }

  statement {
    sid       = "Read"
    actions   = ["logs:GetLogEvents"]
    resources = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:${local.log_group}:log-stream:winnow/*"]
  }
}
