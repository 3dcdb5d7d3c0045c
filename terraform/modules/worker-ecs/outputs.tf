output "cluster_name" {
  description = "The ECS cluster's name."
  value       = local.cluster
}

output "service_name" {
  description = "The ECS service's name."
  value       = aws_ecs_service.this.name
}

output "task_definition_arn" {
  description = "The task definition's ARN, with its revision."
  value       = aws_ecs_task_definition.this.arn
}

output "task_family" {
  description = "The task definition's family, for `batch` as a task of its own (container `winnow`)."
  value       = aws_ecs_task_definition.this.family
}

output "task_role_arn" {
  description = "The ARN of the service's role."
  value       = aws_iam_role.task.arn
}

output "execution_role_arn" {
  description = "The ARN of the role by which ECS starts tasks."
  value       = aws_iam_role.execution.arn
}

output "security_group_id" {
  description = "The tasks' security group."
  value       = aws_security_group.this.id
}

output "log_group_name" {
  description = "The log group's name."
  value       = aws_cloudwatch_log_group.this.name
}

output "run_task_policy_json" {
  description = "A policy for whoever runs `batch` as a task of its own, as an Airflow worker."
  value       = data.aws_iam_policy_document.run_task.json
}
