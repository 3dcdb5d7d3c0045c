run "defaults" {
  command = plan

  assert {
    condition     = output.visibility_timeout == 60
    error_message = "Visibility is a minute at least: ${output.visibility_timeout}"
  }
  assert {
    condition     = output.max_receive_count == 10
    error_message = "Ten deliveries survive 25 minutes: ${output.max_receive_count}"
  }
  assert {
    condition     = output.longest_retry == 3070
    error_message = "Nine waits of 10, 20 ... 640, 900, 900 s: ${output.longest_retry}"
  }
  assert {
    condition     = output.retention == 345600 && output.dead_letter_retention == 1209600
    error_message = "4 and 14 days."
  }
  assert {
    condition     = output.backlog_per_task == 240
    error_message = "30 files one after another in each of 8 places: ${output.backlog_per_task}"
  }
  assert {
    condition     = output.drain == 100 && output.stop_timeout == 120
    error_message = "100 s of Fargate's 120: ${output.drain}"
  }
  assert {
    condition     = output.least_memory_mib == 500
    error_message = "200 MiB outside of the heap are 40 percent, and 8 x 16 MiB fit into the rest: ${output.least_memory_mib}"
  }
  assert {
    condition = output.environment == tomap({
      WINNOW_CONCURRENCY      = "8"
      WINNOW_DRAIN            = "100S"
      WINNOW_OUTPUT_PART_SIZE = "5M"
    })
    error_message = "The environment is in the service's own form."
  }
}

run "slow_files" {
  command = plan
  variables {
    slowest_file = 600.5
    latency_goal = 3600
    concurrency  = 2
  }
  assert {
    condition     = output.visibility_timeout == 3603
    error_message = "Six times the slowest, rounded up: ${output.visibility_timeout}"
  }
  assert {
    condition     = output.backlog_per_task == 10
    error_message = "5 files in each of 2 places: ${output.backlog_per_task}"
  }
}

run "visibility_has_a_limit" {
  command = plan
  variables {
    slowest_file = 7200
    latency_goal = 7200
  }
  assert {
    condition     = output.visibility_timeout == 43200
    error_message = "SQS allows 12 hours."
  }
}

run "short_outages_leave_five_deliveries" {
  command = plan
  variables {
    outage_to_survive = 60
  }
  assert {
    condition     = output.max_receive_count == 5
    error_message = "A stop that sends messages back counts too, so five at least: ${output.max_receive_count}"
  }
}

run "an_hour" {
  command = plan
  variables {
    outage_to_survive = 3600
  }
  assert {
    condition     = output.max_receive_count == 15
    error_message = "15 deliveries wait 63 minutes at least: ${output.max_receive_count}"
  }
}

run "twelve_hours" {
  command = plan
  variables {
    outage_to_survive = 43200
    retention_days    = 1
  }
  # 24 h of retries do not fit into a day of retention.
  expect_failures = [output.longest_retry]
}

run "a_short_grace_period" {
  command = plan
  variables {
    stop_timeout = 45
  }
  assert {
    condition     = output.drain == 25
    error_message = "Twenty seconds are left at least: ${output.drain}"
  }
}

run "dead_letters_outlive_messages" {
  command = plan
  variables {
    retention_days             = 7
    dead_letter_retention_days = 7
  }
  expect_failures = [var.dead_letter_retention_days]
}

run "goal_below_one_file" {
  command = plan
  variables {
    slowest_file = 301
  }
  expect_failures = [var.latency_goal]
}

run "half_a_file" {
  command = plan
  variables {
    concurrency = 1.5
  }
  expect_failures = [var.concurrency]
}

run "parts_below_the_least" {
  command = plan
  variables {
    part_size_mib = 4
  }
  expect_failures = [var.part_size_mib]
}

run "parts_above_the_largest" {
  command = plan
  variables {
    part_size_mib = 2048
  }
  expect_failures = [var.part_size_mib]
}

run "many_at_once" {
  command = plan
  variables {
    concurrency = 64
  }
  assert {
    condition     = output.least_memory_mib == 1707
    error_message = "64 x 16 MiB of heap are 60 percent: ${output.least_memory_mib}"
  }
}

run "large_parts" {
  command = plan
  variables {
    part_size_mib = 64
  }
  assert {
    condition     = output.least_memory_mib == 1280
    error_message = "A third of the heap holds 4 x 64 MiB, and that is 60 percent: ${output.least_memory_mib}"
  }
}

run "grace_shorter_than_a_poll" {
  command = plan
  variables {
    stop_timeout = 30
  }
  expect_failures = [var.stop_timeout]
}

run "longest_outage" {
  command = plan
  variables {
    outage_to_survive = 50000
  }
  expect_failures = [var.outage_to_survive]
}

run "longest_retention" {
  command = plan
  variables {
    retention_days             = 14
    dead_letter_retention_days = 14
  }
  expect_failures = [var.retention_days]
}

run "slowest_file_of_all" {
  command = plan
  variables {
    slowest_file = 7201
    latency_goal = 7201
  }
  expect_failures = [var.slowest_file]
}
