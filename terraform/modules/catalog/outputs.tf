output "database_name" {
  description = "The Glue database's name."
  value       = aws_glue_catalog_database.this.name
}

output "table_names" {
  description = "The tables' names."
  value       = sort(concat(keys(aws_glue_catalog_table.output), [for table in aws_glue_catalog_table.receipts : table.name]))
}

output "workgroup_name" {
  description = "The Athena workgroup's name; null without one."
  value       = one(aws_athena_workgroup.this[*].name)
}
