"""Writes a Terraform system of any size: teams of a network and four services.

A team is a hundred resources, made with nested modules, `for_each`, references and policy documents
as real systems are. Each team is a call of its own. With one `for_each` over all of them Terraform
lets every instance wait for those of every other team, and its own graph grows faster than the
system: measured as n^1.2 from 1,000 to 10,000 resources.
"""

from __future__ import annotations

from pathlib import Path

TEAM = 100
"""How many resources one team has."""

_ROOT = """\
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = { system = "bench", environment = "production", owner = "platform" }
  }
}
"""

_CALL = """
module "{name}" {{
  source = "./modules/team"

  name   = "{name}"
  number = {number}
}}
"""

_TEAM = """\
variable "name" {
  description = "The team's name."
  type        = string
}

variable "number" {
  description = "The team's number."
  type        = number
}

module "network" {
  source = "../network"

  name       = var.name
  cidr_block = "10.${var.number % 256}.0.0/16"
}

module "service" {
  source   = "../service"
  for_each = toset(["api", "jobs", "pages", "search"])

  name       = "${var.name}-${each.key}"
  vpc_id     = module.network.vpc_id
  subnet_ids = module.network.private_subnet_ids
  public_ids = module.network.public_subnet_ids
}
"""

_NETWORK = """\
variable "name" {
  description = "What the network is called."
  type        = string
}

variable "cidr_block" {
  description = "Its addresses."
  type        = string
}

locals {
  zones = toset(["a", "b"])
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr_block
  enable_dns_hostnames = true
  tags                 = { Name = var.name }
}

resource "aws_subnet" "public" {
  for_each = local.zones

  vpc_id            = aws_vpc.this.id
  availability_zone = "eu-west-1${each.key}"
  cidr_block        = cidrsubnet(var.cidr_block, 4, index(tolist(local.zones), each.key))
}

resource "aws_subnet" "private" {
  for_each = local.zones

  vpc_id            = aws_vpc.this.id
  availability_zone = "eu-west-1${each.key}"
  cidr_block        = cidrsubnet(var.cidr_block, 4, 8 + index(tolist(local.zones), each.key))
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_eip" "nat" {
  for_each = local.zones

  domain = "vpc"
}

resource "aws_nat_gateway" "this" {
  for_each = local.zones

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}

resource "aws_route_table" "private" {
  for_each = local.zones

  vpc_id = aws_vpc.this.id
}

resource "aws_route" "nat" {
  for_each = local.zones

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[each.key].id
}

resource "aws_route_table_association" "public" {
  for_each = local.zones

  subnet_id      = aws_subnet.public[each.key].id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "private" {
  for_each = local.zones

  subnet_id      = aws_subnet.private[each.key].id
  route_table_id = aws_route_table.private[each.key].id
}

resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id
}

output "vpc_id" {
  description = "The network."
  value       = aws_vpc.this.id
}

output "private_subnet_ids" {
  description = "Where tasks run."
  value       = [for zone in local.zones : aws_subnet.private[zone].id]
}

output "public_subnet_ids" {
  description = "Where the entrance is."
  value       = [for zone in local.zones : aws_subnet.public[zone].id]
}
"""

_SERVICE = """\
variable "name" {
  description = "What the service is called."
  type        = string
}

variable "vpc_id" {
  description = "Its network."
  type        = string
}

variable "subnet_ids" {
  description = "Where its tasks run."
  type        = list(string)
}

variable "public_ids" {
  description = "Where its entrance is."
  type        = list(string)
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "task" {
  statement {
    sid       = "ReadOwnSecret"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.this.arn]
  }
}

resource "aws_iam_role" "this" {
  for_each = toset(["task", "execution"])

  name               = "${var.name}-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "task" {
  name   = "secrets"
  role   = aws_iam_role.this["task"].id
  policy = data.aws_iam_policy_document.task.json
}

resource "aws_secretsmanager_secret" "this" {
  name = "${var.name}/key"
}

resource "aws_ecr_repository" "this" {
  name                 = var.name
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/ecs/${var.name}"
  retention_in_days = 90
}

resource "aws_ecs_cluster" "this" {
  name = var.name
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  task_role_arn            = aws_iam_role.this["task"].arn
  execution_role_arn       = aws_iam_role.this["execution"].arn

  container_definitions = jsonencode([{
    name         = "app"
    image        = "${aws_ecr_repository.this.repository_url}:1.0.0"
    essential    = true
    portMappings = [{ containerPort = 8080 }]
    secrets      = [{ name = "KEY", valueFrom = aws_secretsmanager_secret.this.arn }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = "eu-west-1"
        awslogs-stream-prefix = "app"
      }
    }
  }])
}

resource "aws_security_group" "this" {
  for_each = toset(["entrance", "task"])

  name   = "${var.name}-${each.key}"
  vpc_id = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "entrance" {
  security_group_id = aws_security_group.this["entrance"].id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "task" {
  security_group_id            = aws_security_group.this["task"].id
  referenced_security_group_id = aws_security_group.this["entrance"].id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}

resource "aws_lb" "this" {
  name            = var.name
  subnets         = var.public_ids
  security_groups = [aws_security_group.this["entrance"].id]
}

resource "aws_lb_target_group" "this" {
  name        = var.name
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = var.vpc_id

  health_check {
    path = "/health"
  }
}

resource "aws_acm_certificate" "this" {
  domain_name       = "${var.name}.example.org"
  validation_method = "DNS"
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate.this.arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

resource "aws_ecs_service" "this" {
  name            = var.name
  cluster         = aws_ecs_cluster.this.arn
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = 2
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = var.subnet_ids
    security_groups = [aws_security_group.this["task"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.this.arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_cloudwatch_metric_alarm" "cpu" {
  alarm_name          = "${var.name}-cpu"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 60
  evaluation_periods  = 3

  dimensions = {
    ClusterName = aws_ecs_cluster.this.name
    ServiceName = aws_ecs_service.this.name
  }
}
"""

_SYSTEM = """\
[system]
name = "bench"

[environments.production]
production = true
region = "eu-west-1"
terraform = [{ root = "." }]

[policies]
directories = ["."]
"""


def write_system(directory: Path, resources: int) -> Path:
    """Write a system of at least so many resources; return its description."""
    teams = -(-resources // TEAM)
    calls = (_CALL.format(name=f"team-{number:04d}", number=number) for number in range(teams))
    files = {
        "main.tf": _ROOT + "".join(calls),
        "modules/team/main.tf": _TEAM,
        "modules/network/main.tf": _NETWORK,
        "modules/service/main.tf": _SERVICE,
        "assurance.toml": _SYSTEM,
    }
    for name, text in files.items():
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return directory / "assurance.toml"
