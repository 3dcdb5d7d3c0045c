resource "aws_s3_bucket" "this" {
  #checkov:skip=CKV_AWS_18:Access logs need a bucket of the account's own; access_log_bucket turns them on
  #checkov:skip=CKV_AWS_144:Replication to another region is a decision on cost and data protection that no intake can make
  #checkov:skip=CKV_AWS_145:SSE-S3 by default; customer_key turns SSE-KMS on
  bucket        = var.bucket
  force_destroy = var.force_destroy
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.customer_key ? "aws:kms" : "AES256"
      kms_master_key_id = local.kms_key_arn
    }
  }
}

data "aws_iam_policy_document" "bucket" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.bucket_arn, "${local.bucket_arn}/*"]
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

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = data.aws_iam_policy_document.bucket.json

  # S3 checks a policy against the block: one at a time.
  depends_on = [aws_s3_bucket_public_access_block.this]
}

# Receipts, redrives and the audit trail have no rule but the first: they stay, and so do their versions.
resource "aws_s3_bucket_lifecycle_configuration" "this" {
  #checkov:skip=CKV_AWS_300:The rule abort-uploads does it for the whole bucket; the check does not see it beside dynamic rules
  bucket = aws_s3_bucket.this.id

  # Outputs that a crash or a lost race left pending are invisible, and end here.
  rule {
    id     = "abort-uploads"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = var.abort_uploads_after_days
    }
  }

  # A removed source is a noncurrent version, and a delete marker once that is gone.
  dynamic "rule" {
    for_each = ["incoming", "successful", "unsuccessful", "backup", "consolidated", "dead-letters"]
    content {
      id     = "noncurrent-${rule.value}"
      status = "Enabled"
      filter {
        prefix = "${rule.value}/"
      }
      noncurrent_version_expiration {
        noncurrent_days = var.noncurrent_days
      }
    }
  }

  dynamic "rule" {
    for_each = [for folder in ["incoming", "successful", "unsuccessful", "backup", "consolidated", "dead-letters"] :
    folder if !contains(keys(var.expire_after_days), folder)]
    content {
      id     = "markers-${rule.value}"
      status = "Enabled"
      filter {
        prefix = "${rule.value}/"
      }
      expiration {
        expired_object_delete_marker = true
      }
    }
  }

  # Expiration by age removes expired markers by itself.
  dynamic "rule" {
    for_each = var.expire_after_days
    content {
      id     = "expire-${rule.key}"
      status = "Enabled"
      filter {
        prefix = "${rule.key}/"
      }
      expiration {
        days = rule.value
      }
    }
  }

  # Rules on noncurrent versions are refused before there are versions.
  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_bucket_logging" "this" {
  count = var.access_log_bucket == null ? 0 : 1

  bucket        = aws_s3_bucket.this.id
  target_bucket = var.access_log_bucket
  target_prefix = "${var.bucket}/"
}

# What the console's uploads send and read, and nothing else; who may upload is in the URL that the service signs. A bucket
# has one CORS configuration: the last one applied takes the other's place.
resource "aws_s3_bucket_cors_configuration" "this" {
  count = length(var.console_origins) == 0 ? 0 : 1

  bucket = aws_s3_bucket.this.id

  cors_rule {
    id              = "console-uploads"
    allowed_origins = var.console_origins
    allowed_methods = ["PUT"]
    allowed_headers = ["content-type", "if-none-match"]
    expose_headers  = ["ETag"]
    max_age_seconds = 300
  }
}

# A bucket has one notification configuration: a second resource for the same bucket would silently take this one away.
# Only incoming/ is announced, or every output would be taken for a new file.
resource "aws_s3_bucket_notification" "this" {
  bucket = aws_s3_bucket.this.id

  queue {
    id            = "winnow"
    queue_arn     = aws_sqs_queue.this.arn
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = "incoming/"
  }

  # S3 sends a test message at once and refuses the configuration if it may not.
  depends_on = [aws_sqs_queue_policy.this, aws_kms_key.this]
}
