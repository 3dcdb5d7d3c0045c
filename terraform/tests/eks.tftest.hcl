variables {
  name         = "winnow"
  cluster_name = "platform"
  keda         = {}
  policy_json  = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  queue_arn    = "arn:aws:sqs:eu-west-1:123456789012:winnow"
}

run "pod_identity" {
  command = plan
  module {
    source = "./modules/worker-eks"
  }

  assert {
    condition = jsondecode(aws_iam_role.this["service"].assume_role_policy) == {
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Action    = ["sts:AssumeRole", "sts:TagSession"]
        Principal = { Service = "pods.eks.amazonaws.com" }
        Condition = {
          ArnEquals = { "aws:SourceArn" = "arn:aws:eks:eu-west-1:123456789012:cluster/platform" }
          StringEquals = {
            "aws:SourceAccount"                         = "123456789012"
            "aws:RequestTag/kubernetes-namespace"       = "winnow"
            "aws:RequestTag/kubernetes-service-account" = "winnow"
          }
        }
      }]
    }
    error_message = "Pods of this one service account of this one cluster: ${aws_iam_role.this["service"].assume_role_policy}"
  }
  assert {
    condition = { for name, association in aws_eks_pod_identity_association.this : name => "${association.namespace}/${association.service_account}" } == {
      keda = "keda/keda-operator", service = "winnow/winnow"
    }
    error_message = "Service and KEDA are associated."
  }
  assert {
    condition = jsondecode(aws_iam_role_policy.keda[0].policy) == {
      Version   = "2012-10-17"
      Statement = [{ Sid = "Depth", Effect = "Allow", Action = "sqs:GetQueueAttributes", Resource = var.queue_arn }]
    }
    error_message = "KEDA reads the depth of the queue and nothing else."
  }
}

run "irsa" {
  command = plan
  module {
    source = "./modules/worker-eks"
  }
  variables {
    identity          = "irsa"
    oidc_provider_arn = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"
    keda              = null
  }

  assert {
    condition = jsondecode(aws_iam_role.this["service"].assume_role_policy) == {
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC" }
        Condition = {
          StringEquals = {
            "oidc.eks.eu-west-1.amazonaws.com/id/ABC:aud" = "sts.amazonaws.com"
            "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub" = "system:serviceaccount:winnow:winnow"
          }
        }
      }]
    }
    error_message = "Audience and subject, exactly: ${aws_iam_role.this["service"].assume_role_policy}"
  }
  assert {
    condition     = length(aws_eks_pod_identity_association.this) == 0 && keys(aws_iam_role.this) == ["service"]
    error_message = "No association, and no role for a KEDA that is not there."
  }
}

run "irsa_without_a_provider" {
  command = plan
  module {
    source = "./modules/worker-eks"
  }
  variables {
    identity = "irsa"
  }
  expect_failures = [var.oidc_provider_arn]
}

run "any_service_account" {
  command = plan
  module {
    source = "./modules/worker-eks"
  }
  variables {
    service_account = "*"
  }
  expect_failures = [var.service_account]
}
