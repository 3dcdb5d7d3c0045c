locals {
  depth = ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName"]

  widgets = concat(
    [
      {
        title   = "Messages", stat = "Maximum"
        metrics = [[local.depth[0], local.depth[1], local.depth[2], var.queue_name, { label = "waiting" }], ["AWS/SQS", "ApproximateNumberOfMessagesNotVisible", "QueueName", var.queue_name, { label = "in work or put off" }]]
      },
      {
        title   = "Age of the oldest message in seconds", stat = "Maximum"
        metrics = [["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", var.queue_name, { label = "queue" }]]
      },
      {
        title   = "Dead letters", stat = "Maximum"
        metrics = [[local.depth[0], local.depth[1], local.depth[2], var.dead_letter_queue_name, { label = "notices" }]]
      },
    ],
    var.ecs == null ? [] : [
      {
        title   = "Tasks", stat = "Average"
        metrics = [for metric in ["RunningTaskCount", "DesiredTaskCount"] : ["ECS/ContainerInsights", metric, "ClusterName", var.ecs.cluster_name, "ServiceName", var.ecs.service_name, { label = metric }]]
      },
    ],
    !local.has_logs ? [] : [
      {
        title   = "Files committed", stat = "Sum"
        metrics = [[local.namespace, "CommittedFiles", { label = "files" }]]
      },
      {
        title   = "Errors, unprocessed, incomplete", stat = "Sum"
        metrics = [for metric in ["Errors", "UnprocessedSweeps", "IncompleteHours"] : [local.namespace, metric, { label = metric }]]
      },
    ],
  )
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = [for place, widget in local.widgets : {
      type   = "metric"
      x      = place % 2 * 12
      y      = floor(place / 2) * 6
      width  = 12
      height = 6
      properties = {
        title   = widget.title
        region  = local.region
        stat    = widget.stat
        period  = 60
        view    = "timeSeries"
        metrics = widget.metrics
      }
    }]
  })
}
