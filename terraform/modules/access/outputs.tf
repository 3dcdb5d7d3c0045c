output "policy_json" {
  description = "The policy of the service's role."
  value       = data.aws_iam_policy_document.service.json
}
