variables {
  name      = "winnow"
  bucket    = "winnow-test"
  first_day = "2026-01-01"
}

run "projection" {
  command = plan
  module {
    source = "./modules/catalog"
  }

  assert {
    condition = { for name, table in aws_glue_catalog_table.output : name => table.parameters["storage.location.template"] } == {
      membership_successful                = "s3://winnow-test/successful/membership/date=$${date}/hour=$${hour}/"
      membership_unsuccessful              = "s3://winnow-test/unsuccessful/membership/date=$${date}/hour=$${hour}/"
      membership_consolidated_successful   = "s3://winnow-test/consolidated/membership/successful/date=$${date}/"
      membership_consolidated_unsuccessful = "s3://winnow-test/consolidated/membership/unsuccessful/date=$${date}/"
    }
    error_message = "Partitions lie where the service writes."
  }
  assert {
    condition     = [for key in aws_glue_catalog_table.output["membership_successful"].partition_keys : key.name] == ["date", "hour"]
    error_message = "By date and hour."
  }
  assert {
    condition     = aws_glue_catalog_table.output["membership_successful"].parameters["projection.date.range"] == "2026-01-01,NOW" && aws_glue_catalog_table.output["membership_successful"].parameters["projection.hour.digits"] == "2"
    error_message = "From the first day on, hours of two digits."
  }
  assert {
    condition     = alltrue([for table in aws_glue_catalog_table.output : table.parameters["skip.header.line.count"] == "1"])
    error_message = "The header is no record."
  }
  assert {
    condition     = one(one(aws_glue_catalog_table.receipts["membership"].storage_descriptor).ser_de_info).parameters["ion.accepted.path_extractor"] == "(records accepted)"
    error_message = "Columns of the receipt by their path."
  }
  assert {
    condition     = length(aws_athena_workgroup.this) == 0
    error_message = "No workgroup unless asked for."
  }
}

run "a_day_that_is_none" {
  command = plan
  module {
    source = "./modules/catalog"
  }
  variables {
    first_day = "2026-13-01"
  }
  expect_failures = [var.first_day]
}
