# ARNs are put together from names, so that a plan shows every policy in full and no policy waits for what it protects.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account                = data.aws_caller_identity.current.account_id
  bucket_arn             = "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}"
  queues                 = "arn:${data.aws_partition.current.partition}:sqs:${data.aws_region.current.region}:${local.account}"
  dead_letter_queue_name = "${var.name}-dead-letters"
  queue_arn              = "${local.queues}:${var.name}"
  dead_letter_queue_arn  = "${local.queues}:${local.dead_letter_queue_name}"
  queue_urls             = "https://sqs.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}/${local.account}"
  makes_key              = var.customer_key && var.kms_key_arn == null
  kms_key_arn            = local.makes_key ? one(aws_kms_key.this[*].arn) : var.kms_key_arn
}
