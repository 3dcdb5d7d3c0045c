data "aws_iam_policy_document" "key" {
  # In a key's own policy the resource is always the key, and the account's IAM policies count only by this statement.
  statement {
    #checkov:skip=CKV_AWS_109:The account administers its key
    #checkov:skip=CKV_AWS_111:The account administers its key
    #checkov:skip=CKV_AWS_356:In a key's own policy the resource is the key
    sid       = "Account"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${local.account}:root"]
    }
  }

  # Without it S3 cannot write its events into the encrypted queue, and says so to nobody. As AWS documents it, without a
  # condition: which bucket may send is decided by the queue's policy.
  statement {
    sid       = "EventsOfTheBucket"
    actions   = ["kms:GenerateDataKey*", "kms:Decrypt"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }
  }
}

resource "aws_kms_key" "this" {
  count = local.makes_key ? 1 : 0

  description             = "Bucket and queues of ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.key.json
  tags                    = var.tags
}

resource "aws_kms_alias" "this" {
  count = local.makes_key ? 1 : 0

  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this[0].key_id
}
