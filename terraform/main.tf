data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

locals {
  environment = merge(module.sizing.environment, var.settings, {
    AWS_REGION               = data.aws_region.current.region
    WINNOW_BUCKET            = module.ingest.bucket
    WINNOW_BUCKET_OWNER      = data.aws_caller_identity.current.account_id
    WINNOW_QUEUE             = module.ingest.queue_url
    WINNOW_DEAD_LETTER_QUEUE = module.ingest.dead_letter_queue_url
  })
}

module "sizing" {
  source = "./modules/sizing"

  slowest_file               = var.sizing.slowest_file
  latency_goal               = var.sizing.latency_goal
  concurrency                = var.sizing.concurrency
  part_size_mib              = var.sizing.part_size_mib
  outage_to_survive          = var.sizing.outage_to_survive
  retention_days             = var.sizing.retention_days
  dead_letter_retention_days = var.sizing.dead_letter_retention_days
  stop_timeout               = var.sizing.stop_timeout
}

module "ingest" {
  source = "./modules/ingest"

  bucket                   = var.bucket
  name                     = var.name
  visibility_timeout       = module.sizing.visibility_timeout
  max_receive_count        = module.sizing.max_receive_count
  retention                = module.sizing.retention
  dead_letter_retention    = module.sizing.dead_letter_retention
  customer_key             = var.customer_key
  kms_key_arn              = var.kms_key_arn
  abort_uploads_after_days = var.lifecycle_days.abort_uploads
  noncurrent_days          = var.lifecycle_days.noncurrent
  expire_after_days        = var.lifecycle_days.expire
  access_log_bucket        = var.access_log_bucket
  console_origins          = var.console_origins
  force_destroy            = var.force_destroy
  tags                     = var.tags
}

module "access" {
  source = "./modules/access"

  bucket_arn            = module.ingest.bucket_arn
  queue_arn             = module.ingest.queue_arn
  dead_letter_queue_arn = module.ingest.dead_letter_queue_arn
  customer_key          = var.customer_key
  kms_key_arn           = module.ingest.kms_key_arn
  tagged_sources        = var.tagged_sources
}

module "ecs" {
  source = "./modules/worker-ecs"
  count  = var.platform == "ecs" ? 1 : 0

  name                     = var.name
  image                    = var.ecs.image
  image_repository_arn     = var.ecs.image_repository_arn
  architecture             = var.ecs.architecture
  cpu                      = var.ecs.cpu
  memory                   = var.ecs.memory
  least_memory             = module.sizing.least_memory_mib
  vpc_id                   = var.ecs.vpc_id
  subnet_ids               = var.ecs.subnet_ids
  assign_public_ip         = var.ecs.assign_public_ip
  egress_cidrs             = var.ecs.egress_cidrs
  admin_security_group_ids = var.ecs.admin_security_group_ids
  admin_users              = var.ecs.admin_users
  secrets_kms_key_arns     = var.ecs.secrets_kms_key_arns
  environment              = local.environment
  policy_json              = module.access.policy_json
  queue_name               = module.ingest.queue_name
  stop_timeout             = module.sizing.stop_timeout
  cluster_name             = var.ecs.cluster_name
  min_tasks                = var.ecs.min_tasks
  max_tasks                = var.ecs.max_tasks
  backlog_per_task         = module.sizing.backlog_per_task
  log_retention_days       = var.ecs.log_retention_days
  log_kms_key_arn          = var.ecs.log_kms_key_arn
  tags                     = var.tags
}

module "eks" {
  source = "./modules/worker-eks"
  count  = var.platform == "eks" ? 1 : 0

  name              = var.name
  cluster_name      = var.eks.cluster_name
  identity          = var.eks.identity
  oidc_provider_arn = var.eks.oidc_provider_arn
  namespace         = var.eks.namespace
  service_account   = var.eks.service_account
  keda              = var.eks.keda
  policy_json       = module.access.policy_json
  queue_arn         = module.ingest.queue_arn
  tags              = var.tags
}

module "schedule" {
  source = "./modules/schedule"
  count  = var.schedule == null ? 0 : 1

  name         = var.name
  queue_arn    = module.ingest.queue_arn
  customer_key = var.customer_key
  kms_key_arn  = module.ingest.kms_key_arn
  enabled      = var.schedule.enabled
  commands     = var.schedule.commands
  tags         = var.tags
}

module "alarms" {
  source = "./modules/alarms"

  name                            = var.name
  queue_name                      = module.ingest.queue_name
  dead_letter_queue_name          = module.ingest.dead_letter_queue_name
  schedule_dead_letter_queue_name = one(module.schedule[*].dead_letter_queue_name)
  retention                       = module.sizing.retention
  oldest_message                  = var.alarms.oldest_message
  log_group_name                  = var.platform == "ecs" ? one(module.ecs[*].log_group_name) : var.alarms.log_group_name
  log_line                        = var.alarms.log_line
  expected_gap_hours              = var.alarms.expected_gap_hours
  emails                          = var.alarms.emails
  topic_kms_key_arn               = var.alarms.topic_kms_key_arn
  tags                            = var.tags

  ecs = var.platform != "ecs" ? null : {
    cluster_name = one(module.ecs[*].cluster_name)
    service_name = one(module.ecs[*].service_name)
  }
}

module "catalog" {
  source = "./modules/catalog"
  count  = var.catalog == null ? 0 : 1

  name           = replace(var.name, "-", "_")
  bucket         = module.ingest.bucket
  first_day      = var.catalog.first_day
  athena_results = var.catalog.athena_results
  tags           = var.tags
}
