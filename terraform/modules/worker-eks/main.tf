# The Deployment itself is k8s/; this gives its pods, and KEDA's operator, a role each.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.region
  issuer    = var.oidc_provider_arn == null ? "" : regex("oidc-provider/(.+)$", var.oidc_provider_arn)[0]

  # By role: the pods that may take it.
  pods = merge(
    { service = { namespace = var.namespace, service_account = var.service_account } },
    var.keda == null ? {} : { keda = var.keda },
  )
}

data "aws_iam_policy_document" "assume" {
  for_each = local.pods

  dynamic "statement" {
    for_each = var.identity == "pod-identity" ? [1] : []
    content {
      actions = ["sts:AssumeRole", "sts:TagSession"]
      principals {
        type        = "Service"
        identifiers = ["pods.eks.amazonaws.com"]
      }
      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [local.account]
      }
      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = ["arn:${local.partition}:eks:${local.region}:${local.account}:cluster/${var.cluster_name}"]
      }
      # Pod Identity tags each session with where it comes from.
      condition {
        test     = "StringEquals"
        variable = "aws:RequestTag/kubernetes-namespace"
        values   = [each.value.namespace]
      }
      condition {
        test     = "StringEquals"
        variable = "aws:RequestTag/kubernetes-service-account"
        values   = [each.value.service_account]
      }
    }
  }

  dynamic "statement" {
    for_each = var.identity == "irsa" ? [1] : []
    content {
      actions = ["sts:AssumeRoleWithWebIdentity"]
      principals {
        type        = "Federated"
        identifiers = [var.oidc_provider_arn]
      }
      condition {
        test     = "StringEquals"
        variable = "${local.issuer}:sub"
        values   = ["system:serviceaccount:${each.value.namespace}:${each.value.service_account}"]
      }
      condition {
        test     = "StringEquals"
        variable = "${local.issuer}:aud"
        values   = ["sts.amazonaws.com"]
      }
    }
  }
}

resource "aws_iam_role" "this" {
  for_each = local.pods

  # With the region: roles belong to the whole account.
  name               = "${var.name}-${local.region}-${each.key}"
  description        = "What ${each.value.namespace}/${each.value.service_account} in ${var.cluster_name} may do"
  assume_role_policy = data.aws_iam_policy_document.assume[each.key].json
  tags               = var.tags
}

resource "aws_iam_role_policy" "service" {
  name   = "intake"
  role   = aws_iam_role.this["service"].id
  policy = var.policy_json
}

# KEDA reads the queue's depth, and nothing else of the account.
data "aws_iam_policy_document" "keda" {
  statement {
    sid       = "Depth"
    actions   = ["sqs:GetQueueAttributes"]
    resources = [var.queue_arn]
  }
}

resource "aws_iam_role_policy" "keda" {
  count = var.keda == null ? 0 : 1

  name   = "depth"
  role   = aws_iam_role.this["keda"].id
  policy = data.aws_iam_policy_document.keda.json
}

# With irsa the role's ARN stands in an annotation of the ServiceAccount instead.
resource "aws_eks_pod_identity_association" "this" {
  for_each = { for name, pod in local.pods : name => pod if var.identity == "pod-identity" }

  cluster_name    = var.cluster_name
  namespace       = each.value.namespace
  service_account = each.value.service_account
  role_arn        = aws_iam_role.this[each.key].arn
  tags            = var.tags
}
