# What the service may do, and nothing else: the table of docs/operations.md, one statement a row. The same for every
# platform. Which of these actions the service really uses is compared with its recorded calls by .ci/permissions.

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  under = { for folder in [
    "incoming", "successful", "unsuccessful", "backup", "receipts", "dead-letters", "consolidated", "redrives", "audit"
  ] : folder => "${var.bucket_arn}/${folder}/*" }
}

data "aws_iam_policy_document" "service" {
  # Without it S3 answers 403 instead of 404 for what is not there, and every file fails at its first step.
  statement {
    sid       = "Bucket"
    actions   = ["s3:ListBucket"]
    resources = [var.bucket_arn]
  }

  statement {
    sid       = "Sources"
    actions   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject"]
    resources = [local.under["incoming"]]
  }

  statement {
    sid       = "Outputs"
    actions   = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
    resources = [local.under["successful"], local.under["unsuccessful"], local.under["consolidated"]]
  }

  statement {
    sid       = "Backups"
    actions   = ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload"]
    resources = [local.under["backup"]]
  }

  # Never deleted: the receipt is the commit.
  statement {
    sid       = "Receipts"
    actions   = ["s3:PutObject", "s3:GetObject"]
    resources = [local.under["receipts"], local.under["redrives"]]
  }

  statement {
    sid       = "DeadLetterEntries"
    actions   = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"]
    resources = [local.under["dead-letters"]]
  }

  # Written and read, and never changed or deleted by the service.
  statement {
    sid       = "AuditTrail"
    actions   = ["s3:PutObject", "s3:GetObject"]
    resources = [local.under["audit"]]
  }

  statement {
    sid = "Queues"
    actions = [
      "sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:DeleteMessage",
      "sqs:ChangeMessageVisibility", "sqs:SendMessage",
    ]
    resources = [var.queue_arn, var.dead_letter_queue_arn]
  }

  statement {
    sid       = "MoveTasks"
    actions   = ["sqs:StartMessageMoveTask", "sqs:ListMessageMoveTasks", "sqs:CancelMessageMoveTask"]
    resources = [var.dead_letter_queue_arn]
  }

  dynamic "statement" {
    for_each = var.tagged_sources ? [1] : []
    content {
      sid       = "TagsOfSources"
      actions   = ["s3:GetObjectTagging", "s3:GetObjectVersionTagging"]
      resources = [local.under["incoming"]]
    }
  }

  dynamic "statement" {
    for_each = var.tagged_sources ? [1] : []
    content {
      sid       = "TagsOfBackups"
      actions   = ["s3:PutObjectTagging"]
      resources = [local.under["backup"]]
    }
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
        values = [for service in ["s3", "sqs"] :
        "${service}.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}"]
      }
    }
  }
}
