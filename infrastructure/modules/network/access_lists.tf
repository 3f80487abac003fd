# Access lists know no connections, so every flow needs its answer stated as well. The answer goes to the port that the
# caller chose: load balancers and NAT gateways choose from 1024-65535, tasks (Linux) from 32768 up.

locals {
  anywhere     = "0.0.0.0/0"
  any_callers  = { from = 1024, to = 65535 }
  task_callers = { from = 32768, to = 65535 }
  port         = { for name, number in merge(var.ports, { https = 443, http = 80 }) : name => { from = number, to = number } }

  # The range of the answers holds the ports of the services too, so traffic to them needs no rule of its own. NET-09
  public_rules = {
    visitors_https = { number = 100, egress = false, ports = local.port.https, cidr = local.anywhere }
    visitors_http  = { number = 110, egress = false, ports = local.port.http, cidr = local.anywhere }
    answers_in     = { number = 200, egress = false, ports = local.any_callers, cidr = local.anywhere }
    nat_https      = { number = 100, egress = true, ports = local.port.https, cidr = local.anywhere }
    answers_out    = { number = 200, egress = true, ports = local.any_callers, cidr = local.anywhere }
  }

  # NET-09
  application_rules = {
    frontend_from_load_balancer = { number = 100, egress = false, ports = local.port.frontend, cidr = local.tiers.public }
    backend_from_load_balancer  = { number = 110, egress = false, ports = local.port.backend, cidr = local.tiers.public }
    backend_from_frontend       = { number = 120, egress = false, ports = local.port.backend, cidr = local.tiers.application }
    endpoints_from_tasks        = { number = 130, egress = false, ports = local.port.https, cidr = local.tiers.application }
    answers_in                  = { number = 200, egress = false, ports = local.task_callers, cidr = local.anywhere }
    https_out                   = { number = 100, egress = true, ports = local.port.https, cidr = local.anywhere }
    frontend_to_backend         = { number = 110, egress = true, ports = local.port.backend, cidr = local.tiers.application }
    backend_to_database         = { number = 120, egress = true, ports = local.port.database, cidr = local.tiers.data }
    delegate_to_load_balancer   = { number = 130, egress = true, ports = local.port.verification, cidr = local.tiers.public }
    answers_to_load_balancer    = { number = 200, egress = true, ports = local.any_callers, cidr = local.tiers.public }
    answers_to_tasks            = { number = 210, egress = true, ports = local.task_callers, cidr = local.tiers.application }
  }

  # NET-09
  data_rules = {
    database_from_backend = { number = 100, egress = false, ports = local.port.database, cidr = local.tiers.application }
    answers_to_backend    = { number = 100, egress = true, ports = local.task_callers, cidr = local.tiers.application }
  }
}

resource "aws_network_acl" "public" {
  vpc_id     = aws_vpc.this.id
  subnet_ids = [for subnet in aws_subnet.public : subnet.id]

  tags = { Name = "${var.name}-public", Tier = "public" }
}

resource "aws_network_acl_rule" "public" {
  #checkov:skip=CKV_AWS_231:Answers to NAT gateways arrive on any port from 1024 up, 3389 included; no security group admits it
  for_each = local.public_rules

  network_acl_id = aws_network_acl.public.id
  rule_number    = each.value.number
  egress         = each.value.egress
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = each.value.cidr
  from_port      = each.value.ports.from
  to_port        = each.value.ports.to
}

resource "aws_network_acl" "application" {
  vpc_id     = aws_vpc.this.id
  subnet_ids = [for subnet in aws_subnet.application : subnet.id]

  tags = { Name = "${var.name}-application", Tier = "application" }
}

resource "aws_network_acl_rule" "application" {
  for_each = local.application_rules

  network_acl_id = aws_network_acl.application.id
  rule_number    = each.value.number
  egress         = each.value.egress
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = each.value.cidr
  from_port      = each.value.ports.from
  to_port        = each.value.ports.to
}

resource "aws_network_acl" "data" {
  vpc_id     = aws_vpc.this.id
  subnet_ids = [for subnet in aws_subnet.data : subnet.id]

  tags = { Name = "${var.name}-data", Tier = "data" }
}

resource "aws_network_acl_rule" "data" {
  for_each = local.data_rules

  network_acl_id = aws_network_acl.data.id
  rule_number    = each.value.number
  egress         = each.value.egress
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = each.value.cidr
  from_port      = each.value.ports.from
  to_port        = each.value.ports.to
}
