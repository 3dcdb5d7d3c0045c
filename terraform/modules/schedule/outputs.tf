output "role_arn" {
  description = "The ARN of the role that sends the commands."
  value       = aws_iam_role.this.arn
}

output "dead_letter_queue_name" {
  description = "The name of the queue for commands that could not be sent."
  value       = aws_sqs_queue.undelivered.name
}
