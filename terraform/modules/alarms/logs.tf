# Log lines to metrics. The patterns are compared with lines of the packaged service by .ci/terraform; `*` stands at a
# string's end only. A filter tells 0 for a minute in which lines came and none matched, so that what is missing later
# means that no line came at all.

locals {
  filters = !local.has_logs ? {} : {
    Errors            = "{ (${var.log_line}.level = \"ERROR\") }"
    Sweeps            = "{ (${var.log_line}.loggerName = \"dev.winnow.sweep\") && (${var.log_line}.message = \"swept: *\") }"
    UnprocessedSweeps = "{ (${var.log_line}.loggerName = \"dev.winnow.sweep\") && (${var.log_line}.level = \"WARN\") && (${var.log_line}.message = \"swept: *\") }"
    IncompleteHours   = "{ (${var.log_line}.loggerName = \"dev.winnow.consolidation\") && (${var.log_line}.message = \"not consolidated: *\") }"
    CommittedFiles    = "{ (${var.log_line}.loggerName = \"dev.winnow.intake\") && (${var.log_line}.message = \"committed: *\") }"
  }
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each = local.filters

  name           = "${var.name}-${each.key}"
  log_group_name = var.log_group_name
  pattern        = each.value

  metric_transformation {
    namespace     = local.namespace
    name          = each.key
    value         = "1"
    default_value = "0"
    unit          = "Count"
  }
}
