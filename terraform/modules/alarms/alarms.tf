locals {
  queue             = { QueueName = var.queue_name }
  dead_letter_queue = { QueueName = var.dead_letter_queue_name }
  undelivered       = { QueueName = var.schedule_dead_letter_queue_name == null ? "" : var.schedule_dead_letter_queue_name }
  hour              = 3600

  of_queues = merge({
    dead-letters = {
      text = "Files or messages were given up: GET /admin/dead-letters says which and why."
      # Depth, since what SQS moves by itself does not count as sent.
      namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = local.dead_letter_queue
      statistic = "Maximum", operator = "GreaterThanThreshold", threshold = 0
      period    = 60, periods = 1, of = 1, missing = "notBreaching"
    }
    oldest-message = {
      text      = "Files wait for long: too few replicas, one very long file, or S3 refuses."
      namespace = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", dimensions = local.queue
      statistic = "Maximum", operator = "GreaterThanThreshold", threshold = var.oldest_message
      period    = 300, periods = 3, of = 3, missing = "notBreaching"
    }
    half-of-retention = {
      text      = "Messages reach half of their retention: past all of it they are gone, and only the sweep finds their files."
      namespace = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", dimensions = local.queue
      statistic = "Maximum", operator = "GreaterThanThreshold", threshold = floor(var.retention / 2)
      period    = 300, periods = 1, of = 1, missing = "notBreaching"
    }
    }, var.schedule_dead_letter_queue_name == null ? {} : {
    schedule-dead-letters = {
      text      = "Hourly commands could not be sent to the queue: look at the schedule's role and the queue's key."
      namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = local.undelivered
      statistic = "Maximum", operator = "GreaterThanThreshold", threshold = 0
      period    = 60, periods = 1, of = 1, missing = "notBreaching"
    }
  })

  of_logs = !local.has_logs ? {} : merge({
    unprocessed-objects = {
      text      = "A sweep found files that no event announced: see to the bucket's notification and the queue's policy."
      namespace = local.namespace, metric = "UnprocessedSweeps", dimensions = {}
      statistic = "Sum", operator = "GreaterThanThreshold", threshold = 0
      period    = local.hour, periods = 1, of = 1, missing = "breaching"
    }
    no-sweep = {
      text      = "No sweep came to its end for two hours: a lost event stays lost. Look at the schedule and the service."
      namespace = local.namespace, metric = "Sweeps", dimensions = {}
      statistic = "Sum", operator = "LessThanThreshold", threshold = 1
      period    = local.hour, periods = 2, of = 2, missing = "breaching"
    }
    errors = {
      text      = "The service logged an error: a bug."
      namespace = local.namespace, metric = "Errors", dimensions = {}
      statistic = "Sum", operator = "GreaterThanThreshold", threshold = 0
      period    = 300, periods = 1, of = 1, missing = "notBreaching"
    }
    incomplete-hours = {
      text      = "An hour was not put together since an output is missing: the log line names it."
      namespace = local.namespace, metric = "IncompleteHours", dimensions = {}
      statistic = "Sum", operator = "GreaterThanThreshold", threshold = 0
      period    = local.hour, periods = 1, of = 1, missing = "notBreaching"
    }
    }, var.expected_gap_hours == null ? {} : {
    # Not messages sent: the hourly commands are messages too.
    no-traffic = {
      text      = "No file was committed for ${var.expected_gap_hours} hours: ask the senders, and look at the bucket's notification."
      namespace = local.namespace, metric = "CommittedFiles", dimensions = {}
      statistic = "Sum", operator = "LessThanThreshold", threshold = 1
      period    = local.hour, periods = var.expected_gap_hours, of = var.expected_gap_hours, missing = "breaching"
    }
  })

  # On ECS the running tasks; elsewhere whether anyone receives while messages wait.
  consumers = var.ecs == null ? {
    namespace = "AWS/SQS", metric = "NumberOfMessagesReceived", statistic = "Sum", dimensions = tomap(local.queue)
    } : {
    namespace  = "ECS/ContainerInsights", metric = "RunningTaskCount", statistic = "Minimum"
    dimensions = tomap({ ClusterName = try(var.ecs.cluster_name, ""), ServiceName = try(var.ecs.service_name, "") })
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = merge(local.of_queues, local.of_logs)

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "${each.value.text} ${local.runbook}"
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  comparison_operator = each.value.operator
  threshold           = each.value.threshold
  period              = each.value.period
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.of
  treat_missing_data  = each.value.missing
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "no_consumer" {
  alarm_name          = "${var.name}-no-consumer"
  alarm_description   = "Messages wait and nobody takes them: look at the service's last log lines. ${local.runbook}"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 5
  datapoints_to_alarm = 5
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.this.arn]
  ok_actions          = [aws_sns_topic.this.arn]
  tags                = var.tags

  metric_query {
    id          = "waits"
    label       = "Messages wait and nobody takes them"
    expression  = "IF(visible > 0 AND FILL(consumers, 0) < 1, 1, 0)"
    return_data = true
  }

  metric_query {
    id = "visible"
    metric {
      namespace   = "AWS/SQS"
      metric_name = "ApproximateNumberOfMessagesVisible"
      dimensions  = local.queue
      stat        = "Minimum"
      period      = 60
    }
  }

  metric_query {
    id = "consumers"
    metric {
      namespace   = local.consumers.namespace
      metric_name = local.consumers.metric
      dimensions  = local.consumers.dimensions
      stat        = local.consumers.statistic
      period      = 60
    }
  }
}
