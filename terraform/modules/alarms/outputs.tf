output "topic_arn" {
  description = "The ARN of the topic that tells of alarms: subscribe a pager or a chat to it."
  value       = aws_sns_topic.this.arn
}

output "alarm_names" {
  description = "The alarms' names."
  value       = sort(concat([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_name], [aws_cloudwatch_metric_alarm.no_consumer.alarm_name]))
}

output "dashboard_name" {
  description = "The dashboard's name."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
