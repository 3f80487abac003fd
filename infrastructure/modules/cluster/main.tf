# Where tasks run and how they find each other. Interactive exec is switched on by no service; were it ever, each session
# would be encrypted and recorded here.

resource "aws_cloudwatch_log_group" "exec" {
  name              = "/${var.name}/exec"
  retention_in_days = 365
  kms_key_id        = var.key_arn

  tags = { Name = "${var.name}-exec" }
}

resource "aws_ecs_cluster" "this" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = "enabled" # OBS-02
  }

  configuration {
    execute_command_configuration {
      kms_key_id = var.key_arn # ECS-08
      logging    = "OVERRIDE"

      log_configuration {
        cloud_watch_encryption_enabled = true
        cloud_watch_log_group_name     = aws_cloudwatch_log_group.exec.name # ECS-08
      }
    }
  }

  tags = { Name = var.name }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"] # CST-01

  # What a service does not say for itself runs on capacity that is not taken back.
  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = 1
    weight            = 1
  }
}

resource "aws_service_discovery_private_dns_namespace" "this" {
  name        = "${var.name}.internal" # ECS-02
  description = "Names of the services of ${var.name}"
  vpc         = var.vpc_id

  tags = { Name = "${var.name}.internal" }
}
