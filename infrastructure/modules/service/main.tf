# One service on Fargate: its task definition, its log group, its name inside the VPC and the rolling deployment of it.
# Revisions and the number of tasks belong to the deployment pipeline and to autoscaling; Terraform sets the first ones.

data "aws_region" "current" {}

locals {
  full_name = "${var.system}-${var.name}"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/${var.system}/${var.name}"
  retention_in_days = 365             # OBS-01
  kms_key_id        = var.log.key_arn # OBS-01

  tags = { Name = local.full_name }
}

resource "aws_cloudwatch_log_subscription_filter" "archive" {
  name            = "archive"
  log_group_name  = aws_cloudwatch_log_group.this.name
  filter_pattern  = ""
  destination_arn = var.log.archive_stream_arn # OBS-09
  role_arn        = var.log.archive_role_arn
}

resource "aws_ecs_task_definition" "this" {
  family                   = local.full_name
  requires_compatibilities = ["FARGATE"] # ECS-01
  network_mode             = "awsvpc"
  cpu                      = var.container.cpu    # ECS-03
  memory                   = var.container.memory # ECS-03
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode([local.container])

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  # The only place that the process may write to; it vanishes with the task.
  volume {
    name = "scratch"
  }

  tags = { Name = local.full_name }
}

resource "aws_service_discovery_service" "this" {
  name        = var.name # ECS-02
  description = "Address of the healthy tasks of ${local.full_name}"

  dns_config {
    namespace_id   = var.cluster.namespace_id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = 10
    }
  }

  # ECS reports the health of its tasks here.
  health_check_custom_config {
    failure_threshold = 1
  }

  tags = { Name = local.full_name }
}

resource "aws_ecs_service" "this" {
  name                               = var.name
  cluster                            = var.cluster.arn
  task_definition                    = aws_ecs_task_definition.this.arn
  desired_count                      = var.scaling.minimum # HAV-01
  platform_version                   = "LATEST"            # ECS-01
  availability_zone_rebalancing      = "ENABLED"           # HAV-01
  deployment_minimum_healthy_percent = 100                 # REL-01
  deployment_maximum_percent         = 200                 # REL-01
  enable_execute_command             = false               # ECS-08
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE" # CST-02
  health_check_grace_period_seconds  = 60

  capacity_provider_strategy {
    capacity_provider = "FARGATE" # CST-01
    base              = var.scaling.on_demand_base
    weight            = 1
  }

  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT" # CST-01
    weight            = var.scaling.spot_weight
  }

  deployment_circuit_breaker {
    enable   = true # REL-01
    rollback = true # REL-01
  }

  deployment_controller {
    type = "ECS"
  }

  load_balancer {
    target_group_arn = var.load_balancing.target_group_arn
    container_name   = var.name
    container_port   = var.container.port
  }

  network_configuration {
    subnets          = var.network.subnet_ids # NET-03
    security_groups  = [var.network.security_group_id]
    assign_public_ip = false # NET-03
  }

  service_registries {
    registry_arn = aws_service_discovery_service.this.arn # ECS-02
  }

  tags = { Name = local.full_name }

  lifecycle {
    ignore_changes = [desired_count, task_definition] # SCL-07
  }
}
