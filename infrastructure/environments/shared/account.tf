module "identity" {
  source = "../../modules/identity"

  name              = local.system
  environments      = local.environments
  build_environment = "staging"
  service_linked_roles = {
    backup                  = "backup.amazonaws.com"
    config                  = "config.amazonaws.com"
    containers              = "ecs.amazonaws.com"
    databases               = "rds.amazonaws.com"
    image_replication       = "replication.ecr.amazonaws.com"
    load_balancing          = "elasticloadbalancing.amazonaws.com"
    scaling_of_containers   = "ecs.application-autoscaling.amazonaws.com"
    threat_detection        = "guardduty.amazonaws.com"
    vulnerability_detection = "inspector2.amazonaws.com"
  }
}

module "topic" {
  source = "../../modules/topic"

  name        = "${local.system}-account"
  key_arn     = module.notification_key.arn
  publishers  = ["cloudwatch.amazonaws.com", "events.amazonaws.com"]
  subscribers = var.subscribers
}

module "audit" {
  source = "../../modules/audit"

  name              = local.system
  bucket            = module.log_bucket.id
  key_arn           = module.log_key.arn
  recorder_role_arn = module.identity.service_linked_role_arns["config"]
  topic_arn         = module.topic.arn

  # The trail and the recorder try to write when they are made: the bucket's policy comes first. GuardDuty would make its
  # service-linked role itself, and then it could not be declared.
  depends_on = [module.identity, module.log_bucket]
}
