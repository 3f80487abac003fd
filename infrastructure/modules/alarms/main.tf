data "aws_region" "current" {}

module "topic" {
  source = "../topic"

  name        = "${var.name}-alarms"
  key_arn     = var.key_arn
  subscribers = var.subscribers
}

# A deployment that ECS rolled back is news even when no metric moved.
resource "aws_cloudwatch_event_rule" "deployment_failed" {
  count = length(var.services) > 0 ? 1 : 0

  name        = "${var.name}-deployment-failed"
  description = "A deployment of a service in ${var.name} failed or was rolled back."
  event_pattern = jsonencode({
    source      = ["aws.ecs"]
    detail-type = ["ECS Deployment State Change"]
    resources   = [for service in var.services : { wildcard = "arn:*:ecs:*:*:service/${service.cluster_name}/${service.service_name}" }]
    detail      = { eventName = ["SERVICE_DEPLOYMENT_FAILED"] }
  })
}

resource "aws_cloudwatch_event_target" "deployment_failed" {
  count = length(aws_cloudwatch_event_rule.deployment_failed)

  rule      = aws_cloudwatch_event_rule.deployment_failed[0].name
  target_id = "topic"
  arn       = module.topic.arn
}

resource "aws_db_event_subscription" "this" {
  count = length(var.databases) > 0 ? 1 : 0

  name        = "${var.name}-database-events"
  sns_topic   = module.topic.arn
  source_type = "db-instance"
  source_ids  = [for database in var.databases : database.identifier]

  event_categories = [
    "availability",
    "deletion",
    "failover",
    "failure",
    "low storage",
    "notification",
    "recovery",
  ]
}
