output "bucket" {
  description = "The bucket's name: files are dropped below `incoming/{dataset}/`."
  value       = module.ingest.bucket
}

output "queue_name" {
  description = "The queue's name."
  value       = module.ingest.queue_name
}

output "queue_url" {
  description = "The queue's URL, as KEDA wants it."
  value       = module.ingest.queue_url
}

output "dead_letter_queue_name" {
  description = "The dead-letter queue's name."
  value       = module.ingest.dead_letter_queue_name
}

output "kms_key_arn" {
  description = "The customer key's ARN; null without one."
  value       = module.ingest.kms_key_arn
}

output "environment" {
  description = "The service's settings as environment variables."
  value       = local.environment
}

output "environment_file" {
  description = "The same as lines of KEY=value, for a ConfigMap that kustomize generates or for a shell."
  value       = join("", [for key, value in local.environment : "${key}=${value}\n"])
}

output "stop_timeout" {
  description = "How long the platform must wait after SIGTERM, in seconds."
  value       = module.sizing.stop_timeout
}

output "backlog_per_task" {
  description = "How many messages a task or pod may have before it: the target of scaling, KEDA's queueLength."
  value       = module.sizing.backlog_per_task
}

output "policy_json" {
  description = "What the service may do."
  value       = module.access.policy_json
}

output "role_arn" {
  description = "The ARN of the service's role."
  value       = one(concat(module.ecs[*].task_role_arn, module.eks[*].role_arn))
}

output "keda_role_arn" {
  description = "The ARN of KEDA's role; null on ECS or without KEDA."
  value       = one(module.eks[*].keda_role_arn)
}

output "ecs" {
  description = "On ECS: cluster, service, task family, security group, log group, and the policy for whoever runs `batch` as a task. Null on EKS."
  value = var.platform != "ecs" ? null : {
    cluster_name         = one(module.ecs[*].cluster_name)
    service_name         = one(module.ecs[*].service_name)
    task_family          = one(module.ecs[*].task_family)
    security_group_id    = one(module.ecs[*].security_group_id)
    log_group_name       = one(module.ecs[*].log_group_name)
    run_task_policy_json = one(module.ecs[*].run_task_policy_json)
  }
}

output "alarm_topic_arn" {
  description = "The ARN of the topic that tells of alarms."
  value       = module.alarms.topic_arn
}

output "alarm_names" {
  description = "The alarms' names."
  value       = module.alarms.alarm_names
}

output "dashboard_name" {
  description = "The dashboard's name."
  value       = module.alarms.dashboard_name
}

output "athena" {
  description = "Database, tables and workgroup for Athena; null without a catalog."
  value = var.catalog == null ? null : {
    database  = one(module.catalog[*].database_name)
    tables    = one(module.catalog[*].table_names)
    workgroup = one(module.catalog[*].workgroup_name)
  }
}
