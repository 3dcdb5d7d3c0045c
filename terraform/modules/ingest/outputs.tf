output "bucket" {
  description = "The bucket's name."
  value       = aws_s3_bucket.this.bucket
}

output "bucket_arn" {
  description = "The bucket's ARN."
  value       = local.bucket_arn
}

output "queue_name" {
  description = "The queue's name."
  value       = aws_sqs_queue.this.name
}

output "queue_arn" {
  description = "The queue's ARN."
  value       = local.queue_arn
}

output "queue_url" {
  description = "The queue's URL."
  value       = "${local.queue_urls}/${var.name}"
}

output "dead_letter_queue_name" {
  description = "The dead-letter queue's name."
  value       = aws_sqs_queue.dead_letters.name
}

output "dead_letter_queue_arn" {
  description = "The dead-letter queue's ARN."
  value       = local.dead_letter_queue_arn
}

output "dead_letter_queue_url" {
  description = "The dead-letter queue's URL."
  value       = "${local.queue_urls}/${local.dead_letter_queue_name}"
}

output "kms_key_arn" {
  description = "The customer key's ARN; null without one."
  value       = local.kms_key_arn
}

output "retention" {
  description = "The queue's retention in seconds."
  value       = aws_sqs_queue.this.message_retention_seconds
}
