variables {
  bucket_arn            = "arn:aws:s3:::winnow-test"
  queue_arn             = "arn:aws:sqs:eu-west-1:123456789012:winnow"
  dead_letter_queue_arn = "arn:aws:sqs:eu-west-1:123456789012:winnow-dead-letters"
}

run "least" {
  command = plan
  module {
    source = "./modules/access"
  }

  assert {
    condition     = jsondecode(output.policy_json).Version == "2012-10-17"
    error_message = "The version in which variables and all operators work."
  }
  assert {
    condition = alltrue(flatten([for statement in jsondecode(output.policy_json).Statement :
    [for action in flatten([statement.Action]) : can(regex("^(s3|sqs):[A-Za-z]+$", action))]]))
    error_message = "Only named actions of S3 and SQS."
  }
  assert {
    condition = alltrue(flatten([for statement in jsondecode(output.policy_json).Statement :
      [for resource in flatten([statement.Resource]) : can(regex(
    "^(arn:aws:s3:::winnow-test(/[a-z-]+/\\*)?|arn:aws:sqs:eu-west-1:123456789012:winnow(-dead-letters)?)$", resource))]]))
    error_message = "Only this bucket, its known folders, and the two queues."
  }
  assert {
    condition = alltrue([for statement in jsondecode(output.policy_json).Statement :
    statement.Effect == "Allow" && !contains(keys(statement), "NotAction") && !contains(keys(statement), "NotResource")])
    error_message = "Nothing is allowed by leaving it out."
  }
  assert {
    condition = !anytrue(flatten([for statement in jsondecode(output.policy_json).Statement :
      [for resource in flatten([statement.Resource]) : contains(flatten([statement.Action]), "s3:DeleteObject")
    if can(regex("/(receipts|backup|audit|redrives)/", resource))]]))
    error_message = "Receipts, backups, redrives and the audit trail are never deleted."
  }
}

run "customer_key" {
  command = plan
  module {
    source = "./modules/access"
  }
  variables {
    customer_key = true
    kms_key_arn  = "arn:aws:kms:eu-west-1:123456789012:key/1234"
  }

  assert {
    condition = [for statement in jsondecode(output.policy_json).Statement : statement if statement.Sid == "Key"] == [{
      Sid       = "Key"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource  = "arn:aws:kms:eu-west-1:123456789012:key/1234"
      Condition = { StringEquals = { "kms:ViaService" = ["s3.eu-west-1.amazonaws.com", "sqs.eu-west-1.amazonaws.com"] } }
    }]
    error_message = "The key, by way of S3 and SQS alone."
  }
}

run "no_path_in_a_bucket" {
  command = plan
  module {
    source = "./modules/access"
  }
  variables {
    bucket_arn = "arn:aws:s3:::*"
  }
  expect_failures = [var.bucket_arn]
}
