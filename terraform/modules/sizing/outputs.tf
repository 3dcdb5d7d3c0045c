output "visibility_timeout" {
  description = "The queue's visibility time-out in seconds."
  value       = local.visibility
}

output "max_receive_count" {
  description = "How often a message is delivered before it is given up."
  value       = local.max_receive_count
}

output "longest_retry" {
  description = "How long a message's deliveries may spread at most, in seconds."
  value       = local.most_waited

  precondition {
    condition     = local.most_waited < var.retention_days * 86400
    error_message = "The deliveries would spread over more than the queue's retention, and the message be lost: raise retention_days."
  }
}

output "retention" {
  description = "The queue's retention in seconds."
  value       = var.retention_days * 86400
}

output "dead_letter_retention" {
  description = "The dead-letter queue's retention in seconds."
  value       = var.dead_letter_retention_days * 86400
}

output "backlog_per_task" {
  description = "How many messages a task may have before it, the target of scaling."
  value       = local.backlog_per_task
}

output "stop_timeout" {
  description = "The platform's grace period in seconds."
  value       = var.stop_timeout
}

output "drain" {
  description = "How long the service waits for files in work at a stop, in seconds; shorter than the grace period."
  value       = local.drain
}

output "least_memory_mib" {
  description = "The least memory of a task in MiB."
  value       = local.memory_mib
}

output "environment" {
  description = "The service's settings that follow from the sizes, as environment variables."
  value = tomap({
    WINNOW_CONCURRENCY      = tostring(var.concurrency)
    WINNOW_DRAIN            = "${local.drain}S"
    WINNOW_OUTPUT_PART_SIZE = "${var.part_size_mib}M"
  })
}
