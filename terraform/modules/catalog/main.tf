# Tables over what the service writes. Partitions are projected from dates and hours, so none is ever registered.

locals {
  outputs = merge([for dataset, columns in var.datasets : {
    "${replace(dataset, "-", "_")}_successful" = {
      text = "Accepted records of ${dataset}", path = "successful/${dataset}", columns = columns.successful, hourly = true
    }
    "${replace(dataset, "-", "_")}_unsuccessful" = {
      text    = "Rejected rows of ${dataset}, columns by position", path = "unsuccessful/${dataset}"
      columns = concat(["line", "codes", "reasons"], columns.source), hourly = true
    }
    "${replace(dataset, "-", "_")}_consolidated_successful" = {
      text    = "Accepted records of ${dataset}, an object an hour", path = "consolidated/${dataset}/successful"
      columns = columns.successful, hourly = false
    }
    "${replace(dataset, "-", "_")}_consolidated_unsuccessful" = {
      text    = "Rejected rows of ${dataset}, an object an hour", path = "consolidated/${dataset}/unsuccessful"
      columns = concat(["line", "codes", "reasons"], columns.source), hourly = false
    }
  }]...)

  # By column: its type, and where it is in the receipt.
  receipt = {
    file_id       = { type = "string", at = "fileId" }
    generation    = { type = "int", at = "generation" }
    source_key    = { type = "string", at = "key" }
    version_id    = { type = "string", at = "versionId" }
    etag          = { type = "string", at = "eTag" }
    size          = { type = "bigint", at = "size" }
    source_sha256 = { type = "string", at = "sourceSha256" }
    compression   = { type = "string", at = "compression" }
    rules_version = { type = "string", at = "rulesVersion" }
    read          = { type = "bigint", at = "records read" }
    accepted      = { type = "bigint", at = "records accepted" }
    rejected      = { type = "bigint", at = "records rejected" }
    unreadable    = { type = "bigint", at = "records unreadable" }
    violations    = { type = "map<string,bigint>", at = "violations" }
    backup        = { type = "string", at = "backup" }
    last_modified = { type = "string", at = "lastModified" }
    committed_at  = { type = "string", at = "committedAt" }
    via           = { type = "string", at = "via" }
    replaces      = { type = "string", at = "replaces" }
  }
}

resource "aws_glue_catalog_database" "this" {
  name        = var.name
  description = "What Winnow writes to ${var.bucket}"
  tags        = var.tags
}

resource "aws_glue_catalog_table" "output" {
  for_each = local.outputs

  database_name = aws_glue_catalog_database.this.name
  name          = each.key
  description   = each.value.text
  table_type    = "EXTERNAL_TABLE"

  parameters = merge(
    {
      "classification"            = "csv"
      "skip.header.line.count"    = "1"
      "projection.enabled"        = "true"
      "projection.date.type"      = "date"
      "projection.date.format"    = "yyyy-MM-dd"
      "projection.date.range"     = "${var.first_day},NOW"
      "storage.location.template" = "s3://${var.bucket}/${each.value.path}/date=$${date}${each.value.hourly ? "/hour=$${hour}" : ""}/"
    },
    each.value.hourly ? {
      "projection.hour.type"   = "integer"
      "projection.hour.range"  = "0,23"
      "projection.hour.digits" = "2"
    } : {},
  )

  dynamic "partition_keys" {
    for_each = each.value.hourly ? ["date", "hour"] : ["date"]
    content {
      name = partition_keys.value
      type = "string"
    }
  }

  storage_descriptor {
    location      = "s3://${var.bucket}/${each.value.path}/"
    input_format  = "org.apache.hadoop.mapred.TextInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"

    ser_de_info {
      serialization_library = "org.apache.hadoop.hive.serde2.OpenCSVSerde"
      # RFC 4180 doubles quotes. The escape is a character that no text has, so that backslashes stay as they are.
      parameters = {
        separatorChar = ","
        quoteChar     = "\""
        escapeChar    = "\u0001"
      }
    }

    dynamic "columns" {
      for_each = each.value.columns
      content {
        name = columns.value
        type = "string"
      }
    }
  }
}

resource "aws_glue_catalog_table" "receipts" {
  for_each = var.datasets

  database_name = aws_glue_catalog_database.this.name
  name          = "${replace(each.key, "-", "_")}_receipts"
  description   = "Receipts of ${each.key}; of a file with several generations the highest is the current one"
  table_type    = "EXTERNAL_TABLE"

  storage_descriptor {
    location      = "s3://${var.bucket}/receipts/${each.key}/"
    input_format  = "com.amazon.ionhiveserde.formats.IonInputFormat"
    output_format = "com.amazon.ionhiveserde.formats.IonOutputFormat"

    # JSON is Ion, and this reader alone takes an object of many lines: the JSON readers want each on one.
    ser_de_info {
      serialization_library = "com.amazon.ionhiveserde.IonHiveSerDe"
      parameters            = { for column, field in local.receipt : "ion.${column}.path_extractor" => "(${field.at})" }
    }

    dynamic "columns" {
      for_each = local.receipt
      content {
        name = columns.key
        type = columns.value.type
      }
    }
  }
}

resource "aws_athena_workgroup" "this" {
  count = var.athena_results == null ? 0 : 1

  name        = replace(var.name, "_", "-")
  description = "Queries over ${var.name}"
  tags        = var.tags

  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true

    result_configuration {
      output_location = var.athena_results

      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}
