variables {
  bucket                = "winnow-test"
  name                  = "winnow"
  visibility_timeout    = 60
  max_receive_count     = 10
  retention             = 345600
  dead_letter_retention = 1209600
}

run "bucket" {
  command = plan
  module {
    source = "./modules/ingest"
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls, aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls, aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "All four ways to make the bucket public are shut."
  }
  assert {
    condition     = one(aws_s3_bucket_ownership_controls.this.rule).object_ownership == "BucketOwnerEnforced"
    error_message = "Objects belong to the bucket's owner, whoever writes them."
  }
  assert {
    condition     = one(aws_s3_bucket_versioning.this.versioning_configuration).status == "Enabled"
    error_message = "The bucket has versions."
  }
  assert {
    condition = jsondecode(aws_s3_bucket_policy.this.policy) == {
      Version = "2012-10-17"
      Statement = [{
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::winnow-test", "arn:aws:s3:::winnow-test/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }]
    }
    error_message = "Bucket and objects are reached by TLS alone: ${aws_s3_bucket_policy.this.policy}"
  }
  assert {
    condition = alltrue([for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule :
    one(rule.apply_server_side_encryption_by_default).sse_algorithm == "AES256"])
    error_message = "SSE-S3 without a customer key."
  }
}

run "lifecycle" {
  command = apply
  module {
    source = "./modules/ingest"
  }
  variables {
    expire_after_days = { backup = 400 }
  }

  assert {
    condition = [for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule.id
    if length(rule.abort_incomplete_multipart_upload) > 0] == ["abort-uploads"]
    error_message = "One rule aborts uploads."
  }
  assert {
    condition = alltrue(flatten([for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
      [for upload in rule.abort_incomplete_multipart_upload : upload.days_after_initiation == 7]
    ]))
    error_message = "Uploads are aborted after 7 days."
  }
  assert {
    condition = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
      rule.id == "abort-uploads" || alltrue([for filter in rule.filter : contains(
    ["incoming/", "successful/", "unsuccessful/", "backup/", "consolidated/", "dead-letters/"], filter.prefix)])])
    error_message = "Receipts, redrives and the audit trail are under no rule that deletes."
  }
  assert {
    condition = [for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule.id
    if anytrue([for expiration in rule.expiration : try(expiration.days > 0, false)])] == ["expire-backup"]
    error_message = "Only what is asked for expires."
  }
  assert {
    condition = length([for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule
    if anytrue([for expiration in rule.expiration : try(expiration.expired_object_delete_marker, false)])]) == 5
    error_message = "Delete markers go, by a rule of their own where objects do not expire."
  }
}

run "no_page_uploads" {
  command = plan
  module {
    source = "./modules/ingest"
  }

  assert {
    condition     = length(aws_s3_bucket_cors_configuration.this) == 0
    error_message = "No page of another origin may call the bucket by default."
  }
}

run "console_uploads" {
  command = plan
  module {
    source = "./modules/ingest"
  }
  variables {
    console_origins = ["https://winnow.example.com", "http://localhost:8080"]
  }

  assert {
    condition = alltrue([for rule in one(aws_s3_bucket_cors_configuration.this).cors_rule :
      rule.allowed_methods == toset(["PUT"]) && rule.allowed_headers == toset(["content-type", "if-none-match"]) &&
    rule.expose_headers == toset(["ETag"]) && rule.allowed_origins == toset(["https://winnow.example.com", "http://localhost:8080"])])
    error_message = "The console may upload, and nobody anything else."
  }
  assert {
    condition     = length(one(aws_s3_bucket_cors_configuration.this).cors_rule) == 1
    error_message = "By one rule."
  }
}

run "not_every_page_uploads" {
  command = plan
  module {
    source = "./modules/ingest"
  }
  variables {
    console_origins = ["*"]
  }
  expect_failures = [var.console_origins]
}

run "notification" {
  command = plan
  module {
    source = "./modules/ingest"
  }

  assert {
    condition     = length(aws_s3_bucket_notification.this.queue) == 1
    error_message = "One queue is told."
  }
  assert {
    condition     = one(aws_s3_bucket_notification.this.queue).filter_prefix == "incoming/" && one(aws_s3_bucket_notification.this.queue).events == toset(["s3:ObjectCreated:*"])
    error_message = "Just of new objects below incoming/."
  }
}

run "queues" {
  command = plan
  module {
    source = "./modules/ingest"
  }

  assert {
    condition = jsondecode(aws_sqs_queue_policy.this.policy) == {
      Version = "2012-10-17"
      Statement = [
        {
          Sid       = "EventsOfTheBucket"
          Effect    = "Allow"
          Principal = { Service = "s3.amazonaws.com" }
          Action    = "sqs:SendMessage"
          Resource  = "arn:aws:sqs:eu-west-1:123456789012:winnow"
          Condition = {
            ArnEquals    = { "aws:SourceArn" = "arn:aws:s3:::winnow-test" }
            StringEquals = { "aws:SourceAccount" = "123456789012" }
          }
        },
        {
          Sid       = "TlsOnly"
          Effect    = "Deny"
          Principal = "*"
          Action    = "sqs:*"
          Resource  = "arn:aws:sqs:eu-west-1:123456789012:winnow"
          Condition = { Bool = { "aws:SecureTransport" = "false" } }
        },
      ]
    }
    error_message = "S3 may send for this bucket of this account, and nobody without TLS: ${aws_sqs_queue_policy.this.policy}"
  }
  assert {
    condition = [for statement in jsondecode(aws_sqs_queue_policy.dead_letters.policy).Statement : statement.Effect] == ["Deny"] && (
    jsondecode(aws_sqs_queue_policy.dead_letters.policy).Version == "2012-10-17")
    error_message = "The dead-letter queue's policy allows nothing to anyone."
  }
  assert {
    condition = jsondecode(aws_sqs_queue_redrive_allow_policy.dead_letters.redrive_allow_policy) == {
      redrivePermission = "byQueue"
      sourceQueueArns   = ["arn:aws:sqs:eu-west-1:123456789012:winnow"]
    }
    error_message = "The dead-letter queue belongs to this one queue."
  }
  assert {
    condition     = aws_sqs_queue.this.sqs_managed_sse_enabled && aws_sqs_queue.dead_letters.sqs_managed_sse_enabled
    error_message = "SSE-SQS without a customer key."
  }
  assert {
    condition     = aws_sqs_queue.this.visibility_timeout_seconds == 60 && aws_sqs_queue.this.receive_wait_time_seconds == 20
    error_message = "As sized."
  }
  assert {
    condition     = aws_sqs_queue.dead_letters.message_retention_seconds > aws_sqs_queue.this.message_retention_seconds
    error_message = "Dead letters outlive messages."
  }
  assert {
    condition     = length(aws_kms_key.this) == 0
    error_message = "No key unless asked for."
  }
}

# Applied into a state that knows no AWS: what a plan does not know yet.
run "wired" {
  command = apply
  module {
    source = "./modules/ingest"
  }

  assert {
    condition = jsondecode(aws_sqs_queue.this.redrive_policy) == {
      deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
      maxReceiveCount     = 10
    }
    error_message = "The queue's redrive policy leads to the dead-letter queue: ${aws_sqs_queue.this.redrive_policy}"
  }
  assert {
    condition     = output.queue_arn == aws_sqs_queue.this.arn && output.dead_letter_queue_arn == aws_sqs_queue.dead_letters.arn && output.bucket_arn == aws_s3_bucket.this.arn
    error_message = "The ARNs that are put together from names are the resources' own."
  }
  assert {
    condition     = output.queue_url == aws_sqs_queue.this.url && output.dead_letter_queue_url == aws_sqs_queue.dead_letters.url
    error_message = "And the URLs."
  }
  assert {
    condition     = one(aws_s3_bucket_notification.this.queue).queue_arn == aws_sqs_queue.this.arn
    error_message = "The notification goes to the queue."
  }
}

run "customer_key" {
  command = plan
  module {
    source = "./modules/ingest"
  }
  variables {
    customer_key = true
  }

  assert {
    condition     = length(aws_kms_key.this) == 1 && aws_kms_key.this[0].enable_key_rotation
    error_message = "A key that is rotated."
  }
  assert {
    condition = anytrue([for statement in jsondecode(aws_kms_key.this[0].policy).Statement :
      try(statement.Principal.Service, "") == "s3.amazonaws.com" &&
    toset(flatten([statement.Action])) == toset(["kms:Decrypt", "kms:GenerateDataKey*"])])
    error_message = "S3 may use the key, or its events get lost: ${aws_kms_key.this[0].policy}"
  }
  assert {
    condition = alltrue([for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule :
    rule.bucket_key_enabled && one(rule.apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"])
    error_message = "SSE-KMS with a bucket key, or each object costs a call of KMS."
  }
}

run "existing_key" {
  command = plan
  module {
    source = "./modules/ingest"
  }
  variables {
    customer_key = true
    kms_key_arn  = "arn:aws:kms:eu-west-1:123456789012:key/1234"
  }

  assert {
    condition     = length(aws_kms_key.this) == 0 && aws_sqs_queue.this.kms_master_key_id == var.kms_key_arn
    error_message = "The key that is there is taken."
  }
}

run "receipts_do_not_expire" {
  command = plan
  module {
    source = "./modules/ingest"
  }
  variables {
    expire_after_days = { receipts = 30 }
  }
  expect_failures = [var.expire_after_days]
}

run "uploads_outlive_an_outage" {
  command = plan
  module {
    source = "./modules/ingest"
  }
  variables {
    abort_uploads_after_days = 1
  }
  expect_failures = [var.abort_uploads_after_days]
}

run "aliases_do_not_work_with_s3" {
  command = plan
  module {
    source = "./modules/ingest"
  }
  variables {
    customer_key = true
    kms_key_arn  = "alias/aws/sqs"
  }
  expect_failures = [var.kms_key_arn]
}
