# The rules by which one number follows from another. No provider, so that `terraform test` holds them anywhere.

locals {
  # Visibility is extended while a file is in work, so it need only outlast a few missed extensions.
  visibility = min(43200, max(60, ceil(6 * var.slowest_file)))

  # The service's waits: winnow.retry.base doubled each time up to winnow.retry.cap, less a random share of up to a half.
  # The delivery after the last wait is the last one.
  waits     = [for n in range(120) : min(900, 10 * pow(2, min(n, 10)))]
  waited_by = { for count in range(2, 121) : count => sum(slice(local.waits, 0, count - 1)) / 2 }

  max_receive_count = max(5, min([for count, least in local.waited_by : tonumber(count) if least >= var.outage_to_survive]...))
  most_waited       = 2 * local.waited_by[local.max_receive_count]

  # What is left of the grace period is for messages that go back, and for the JVM's own end.
  drain = var.stop_timeout - 20

  backlog_per_task = floor(var.latency_goal / var.slowest_file) * var.concurrency

  # The service takes on a message for every 16 MiB of heap, and a third of the heap is for parts, of which a large file wants four.
  # The image gives 60 % of the memory to the heap, which may fill it; code, threads and buffers outside of it were seen to take some
  # 200 MiB, for which the other 40 % have to be enough.
  heap_percent = 60
  heap_mib     = max(16 * var.concurrency, 3 * 4 * var.part_size_mib)
  outside_mib  = 200
  memory_mib   = ceil(max(100 * local.heap_mib / local.heap_percent, 100 * local.outside_mib / (100 - local.heap_percent)))
}
