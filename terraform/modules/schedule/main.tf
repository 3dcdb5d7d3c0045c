# The hourly commands, sent to the queue so that one replica takes each, whatever their number.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account        = data.aws_caller_identity.current.account_id
  partition      = data.aws_partition.current.partition
  region         = data.aws_region.current.region
  undelivered    = "${var.name}-schedule-dead-letters"
  undelivered_at = "arn:${local.partition}:sqs:${local.region}:${local.account}:${local.undelivered}"
  group_arn      = "arn:${local.partition}:scheduler:${local.region}:${local.account}:schedule-group/${var.name}"
}

resource "aws_scheduler_schedule_group" "this" {
  name = var.name
  tags = var.tags
}

resource "aws_scheduler_schedule" "this" {
  #checkov:skip=CKV_AWS_297:A schedule holds a fixed command and nothing of anyone's
  for_each = var.commands

  name                = each.key
  description         = "Asks Winnow to ${each.key}"
  group_name          = aws_scheduler_schedule_group.this.name
  schedule_expression = each.value
  state               = var.enabled ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = var.queue_arn
    role_arn = aws_iam_role.this.arn
    input    = jsonencode({ winnow = { command = each.key } })

    # The next hour brings the next command: a later one is of no use.
    retry_policy {
      maximum_event_age_in_seconds = 3000
      maximum_retry_attempts       = 20
    }

    dead_letter_config {
      arn = aws_sqs_queue.undelivered.arn
    }
  }
}

# Of its own: what cannot be sent is no file that was given up.
resource "aws_sqs_queue" "undelivered" {
  name                      = local.undelivered
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

data "aws_iam_policy_document" "undelivered" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [local.undelivered_at]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.id
  policy    = data.aws_iam_policy_document.undelivered.json
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
    # The group's ARN, not a schedule's: so EventBridge Scheduler tells where it comes from.
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.group_arn]
    }
  }
}

resource "aws_iam_role" "this" {
  name               = "${var.name}-${local.region}-schedule"
  description        = "Sends the hourly commands of ${var.name}"
  assume_role_policy = data.aws_iam_policy_document.assume.json
  tags               = var.tags
}

data "aws_iam_policy_document" "send" {
  statement {
    sid       = "Send"
    actions   = ["sqs:SendMessage"]
    resources = [var.queue_arn, local.undelivered_at]
  }

  dynamic "statement" {
    for_each = var.customer_key ? [1] : []
    content {
      sid       = "Key"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.kms_key_arn]
      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["sqs.${local.region}.${data.aws_partition.current.dns_suffix}"]
      }
    }
  }
}

resource "aws_iam_role_policy" "send" {
  name   = "send"
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.send.json
}
