variables {
  name                            = "winnow"
  queue_name                      = "winnow"
  dead_letter_queue_name          = "winnow-dead-letters"
  schedule_dead_letter_queue_name = "winnow-schedule-dead-letters"
  retention                       = 345600
  log_group_name                  = "/winnow/winnow"
  ecs                             = { cluster_name = "winnow", service_name = "winnow" }
}

run "settings" {
  command = plan
  module {
    source = "./modules/alarms"
  }

  assert {
    condition = { for name, alarm in aws_cloudwatch_metric_alarm.this : name =>
      "${alarm.metric_name} ${alarm.statistic} ${alarm.comparison_operator} ${alarm.threshold}, ${alarm.evaluation_periods} x ${alarm.period} s, ${alarm.treat_missing_data}"
      } == {
      dead-letters          = "ApproximateNumberOfMessagesVisible Maximum GreaterThanThreshold 0, 1 x 60 s, notBreaching"
      oldest-message        = "ApproximateAgeOfOldestMessage Maximum GreaterThanThreshold 900, 3 x 300 s, notBreaching"
      half-of-retention     = "ApproximateAgeOfOldestMessage Maximum GreaterThanThreshold 172800, 1 x 300 s, notBreaching"
      schedule-dead-letters = "ApproximateNumberOfMessagesVisible Maximum GreaterThanThreshold 0, 1 x 60 s, notBreaching"
      unprocessed-objects   = "UnprocessedSweeps Sum GreaterThanThreshold 0, 1 x 3600 s, breaching"
      no-sweep              = "Sweeps Sum LessThanThreshold 1, 2 x 3600 s, breaching"
      errors                = "Errors Sum GreaterThanThreshold 0, 1 x 300 s, notBreaching"
      incomplete-hours      = "IncompleteHours Sum GreaterThanThreshold 0, 1 x 3600 s, notBreaching"
    }
    error_message = "Each alarm as it is documented."
  }
  assert {
    condition = { for name in ["dead-letters", "oldest-message", "schedule-dead-letters"] : name => aws_cloudwatch_metric_alarm.this[name].dimensions["QueueName"] } == {
      dead-letters = "winnow-dead-letters", oldest-message = "winnow", schedule-dead-letters = "winnow-schedule-dead-letters"
    }
    error_message = "Each of its queue."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.no_consumer.treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.no_consumer.threshold == 0
    error_message = "Nothing to be heard of the queue is an alarm too."
  }
  assert {
    condition = { for query in aws_cloudwatch_metric_alarm.no_consumer.metric_query : query.id => try(one(query.metric).metric_name, query.expression) } == {
      waits     = "IF(visible > 0 AND FILL(consumers, 0) < 1, 1, 0)"
      visible   = "ApproximateNumberOfMessagesVisible"
      consumers = "RunningTaskCount"
    }
    error_message = "Messages wait and no task runs."
  }
  assert {
    condition     = alltrue([for filter in aws_cloudwatch_log_metric_filter.this : one(filter.metric_transformation).default_value == "0"])
    error_message = "A minute with other lines tells 0, so that missing means silence."
  }
  assert {
    condition = one([for statement in jsondecode(aws_sns_topic_policy.this.policy).Statement : statement.Condition if statement.Effect == "Allow"]) == {
      ArnLike      = { "aws:SourceArn" = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:winnow-*" }
      StringEquals = { "aws:SourceAccount" = "123456789012" }
    }
    error_message = "Alarms of this installation may publish."
  }
}

run "traffic" {
  command = plan
  module {
    source = "./modules/alarms"
  }
  variables {
    expected_gap_hours = 24
    emails             = ["operations@example.org"]
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["no-traffic"].metric_name == "CommittedFiles" && aws_cloudwatch_metric_alarm.this["no-traffic"].evaluation_periods == 24 && aws_cloudwatch_metric_alarm.this["no-traffic"].treat_missing_data == "breaching"
    error_message = "A day without a file."
  }
  assert {
    condition     = [for subscription in aws_sns_topic_subscription.email : subscription.endpoint] == ["operations@example.org"]
    error_message = "Someone is told."
  }
}

run "without_logs" {
  command = plan
  module {
    source = "./modules/alarms"
  }
  variables {
    log_group_name                  = null
    ecs                             = null
    schedule_dead_letter_queue_name = null
  }

  assert {
    condition     = join(" ", keys(aws_cloudwatch_metric_alarm.this)) == "dead-letters half-of-retention oldest-message" && length(aws_cloudwatch_log_metric_filter.this) == 0
    error_message = "What the queues tell."
  }
  assert {
    condition     = contains([for query in aws_cloudwatch_metric_alarm.no_consumer.metric_query : try(one(query.metric).metric_name, "")], "NumberOfMessagesReceived")
    error_message = "Without ECS, whether anyone receives."
  }
}

run "nested_lines" {
  command = plan
  module {
    source = "./modules/alarms"
  }
  variables {
    log_line = "$.log_processed"
  }

  assert {
    condition     = aws_cloudwatch_log_metric_filter.this["Errors"].pattern == "{ ($.log_processed.level = \"ERROR\") }"
    error_message = "The line within the collector's event."
  }
}

run "silence_is_no_alarm_without_logs" {
  command = plan
  module {
    source = "./modules/alarms"
  }
  variables {
    log_group_name     = null
    expected_gap_hours = 24
  }
  expect_failures = [var.expected_gap_hours]
}
