variables {
  name      = "winnow"
  queue_arn = "arn:aws:sqs:eu-west-1:123456789012:winnow"
}

run "hourly" {
  command = plan
  module {
    source = "./modules/schedule"
  }

  assert {
    condition = { for name, schedule in aws_scheduler_schedule.this : name => one(schedule.target).input } == {
      sweep       = "{\"winnow\":{\"command\":\"sweep\"}}"
      consolidate = "{\"winnow\":{\"command\":\"consolidate\"}}"
    }
    error_message = "The commands, as the service reads them."
  }
  assert {
    condition     = alltrue([for schedule in aws_scheduler_schedule.this : one(schedule.flexible_time_window).mode == "OFF" && schedule.state == "ENABLED"])
    error_message = "On time, and running."
  }
  assert {
    condition     = alltrue([for schedule in aws_scheduler_schedule.this : one(schedule.target).arn == var.queue_arn])
    error_message = "To the queue."
  }
  assert {
    condition     = aws_sqs_queue.undelivered.name == "winnow-schedule-dead-letters" && aws_sqs_queue.undelivered.sqs_managed_sse_enabled
    error_message = "A queue of its own for what cannot be sent."
  }
  assert {
    condition = jsondecode(aws_iam_role_policy.send.policy) == {
      Version = "2012-10-17"
      Statement = [{
        Sid    = "Send"
        Effect = "Allow"
        Action = "sqs:SendMessage"
        Resource = [
          "arn:aws:sqs:eu-west-1:123456789012:winnow", "arn:aws:sqs:eu-west-1:123456789012:winnow-schedule-dead-letters",
        ]
      }]
    }
    error_message = "It sends to these two queues: ${aws_iam_role_policy.send.policy}"
  }
  assert {
    condition = one(jsondecode(aws_iam_role.this.assume_role_policy).Statement).Condition == {
      ArnEquals    = { "aws:SourceArn" = "arn:aws:scheduler:eu-west-1:123456789012:schedule-group/winnow" }
      StringEquals = { "aws:SourceAccount" = "123456789012" }
    }
    error_message = "For schedules of this group of this account."
  }
}

run "no_sweep" {
  command = plan
  module {
    source = "./modules/schedule"
  }
  variables {
    commands = { consolidate = "rate(1 hour)" }
  }
  expect_failures = [var.commands]
}
