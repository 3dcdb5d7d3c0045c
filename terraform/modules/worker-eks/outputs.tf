output "role_arn" {
  description = "The ARN of the service's role; with irsa, the annotation `eks.amazonaws.com/role-arn` of its ServiceAccount."
  value       = aws_iam_role.this["service"].arn
}

output "keda_role_arn" {
  description = "The ARN of KEDA's role; null without KEDA. With irsa, the annotation of its operator's ServiceAccount."
  value       = one([for name, role in aws_iam_role.this : role.arn if name == "keda"])
}
