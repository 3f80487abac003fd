# The Harness delegate: the only place from which the delivery pipelines reach this environment. It calls Harness and AWS,
# nobody calls it.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.name
  full_name  = "${var.system}-delegate"
  containers = concat([local.container], local.runners)
}

# Terraform makes the place; the value is put there by whoever creates the token in Harness.
resource "aws_secretsmanager_secret" "token" {
  #checkov:skip=CKV2_AWS_57:Harness alone can issue the token; the runbook in the README renews it within 90 days
  name                    = "${replace(var.system, "-", "/")}/delegate/token"
  description             = "Token with which the delegate of ${var.system} registers at Harness" # DLG-04
  kms_key_id              = var.secrets_key_arn                                                   # SEC-05
  recovery_window_in_days = 30

  tags = { Name = "${local.full_name}-token" }

  lifecycle {
    prevent_destroy = true # IAC-05
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/${var.system}/delegate"
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
  cpu                      = sum([for container in local.containers : container.cpu])
  memory                   = sum([for container in local.containers : container.memory])
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode(local.containers)

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  volume {
    name = "work"
  }

  volume {
    name = "scratch"
  }

  dynamic "volume" {
    for_each = local.runners

    content {
      name = volume.value.name
    }
  }

  tags = { Name = local.full_name }
}

resource "aws_ecs_service" "this" {
  name                               = var.service_name
  cluster                            = var.cluster.arn
  task_definition                    = aws_ecs_task_definition.this.arn
  desired_count                      = var.replicas # DLG-01
  platform_version                   = "LATEST"     # ECS-01
  availability_zone_rebalancing      = "ENABLED"    # HAV-01
  deployment_minimum_healthy_percent = 100          # REL-01
  deployment_maximum_percent         = 200          # REL-01
  enable_execute_command             = false        # ECS-08
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE" # CST-02

  # A deployment must not end because its own delegate is taken back, so none runs on Spot.
  capacity_provider_strategy {
    capacity_provider = "FARGATE" # CST-01
    base              = var.replicas
    weight            = 1
  }

  deployment_circuit_breaker {
    enable   = true # REL-01
    rollback = true # REL-01
  }

  network_configuration {
    subnets          = var.network.subnet_ids # DLG-01
    security_groups  = [var.network.security_group_id]
    assign_public_ip = false # DLG-01
  }

  tags = { Name = local.full_name }

  lifecycle {
    ignore_changes = [desired_count] # SCL-07
  }
}
