# Who may talk to whom. Each flow is written once and becomes both halves, the caller's egress rule and the listener's
# ingress rule, so the two can not drift apart. Nothing else is open: groups without a rule here neither call nor answer.

locals {
  descriptions = merge(local.build_descriptions, {
    load_balancer = "Load balancer: the only group that the internet reaches"
    frontend      = "Frontend tasks: reached from the load balancer"
    backend       = "Backend tasks: reached from the load balancer and the frontend"
    database      = "Databases: reached from the backend, call nobody"
    endpoints     = "Interface endpoints of AWS services: reached from tasks, call nobody"
    delegate      = "Harness delegate: reached from nobody"
  })

  # The delegate reaches the verification listener at the load balancer's private addresses, so that port is never open to the
  # internet. NET-07
  flows = merge(local.build_flows, {
    frontend_from_load_balancer = { caller = "load_balancer", listener = "frontend", port = var.ports.frontend }
    backend_from_load_balancer  = { caller = "load_balancer", listener = "backend", port = var.ports.backend }
    backend_from_frontend       = { caller = "frontend", listener = "backend", port = var.ports.backend }
    database_from_backend       = { caller = "backend", listener = "database", port = var.ports.database }
    endpoints_from_frontend     = { caller = "frontend", listener = "endpoints", port = 443 }
    endpoints_from_backend      = { caller = "backend", listener = "endpoints", port = 443 }
    endpoints_from_delegate     = { caller = "delegate", listener = "endpoints", port = 443 }
    verification_from_delegate  = { caller = "delegate", listener = "load_balancer", port = var.ports.verification }
  })

  # Image layers come from S3 through its gateway endpoint. NET-10
  image_pullers = toset(concat(["frontend", "backend", "delegate"], keys(local.build_descriptions)))

  # The backend calls the identity provider and the flag service, the delegate calls Harness. The frontend calls nobody.
  # Builds fetch their code and what it depends on.
  internet_callers = toset(concat(["backend", "delegate"], keys(local.build_descriptions)))
}

resource "aws_security_group" "this" {
  #checkov:skip=CKV2_AWS_5:Attached by the load_balancer, service, delegate, endpoints and database modules, and to the machines that a runner starts
  for_each = local.descriptions

  name        = "${var.name}-${replace(each.key, "_", "-")}"
  description = each.value
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-${replace(each.key, "_", "-")}" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "internet" {
  #checkov:skip=CKV_AWS_260:Port 80 answers with a redirect to HTTPS and nothing else
  for_each = { https = 443, http = 80 } # NET-06

  security_group_id = aws_security_group.this["load_balancer"].id
  description       = "Visitors over ${each.key}"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

resource "aws_vpc_security_group_ingress_rule" "flow" {
  for_each = local.flows # NET-07

  security_group_id            = aws_security_group.this[each.value.listener].id
  referenced_security_group_id = aws_security_group.this[each.value.caller].id
  description                  = replace(each.key, "_", " ")
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "flow" {
  for_each = local.flows # NET-08

  security_group_id            = aws_security_group.this[each.value.caller].id
  referenced_security_group_id = aws_security_group.this[each.value.listener].id
  description                  = replace(each.key, "_", " ")
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
}

resource "aws_vpc_security_group_egress_rule" "s3" {
  for_each = local.image_pullers # NET-08

  security_group_id = aws_security_group.this[each.key].id
  description       = "S3 through the gateway endpoint"
  prefix_list_id    = var.s3_prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "internet" {
  for_each = local.internet_callers # NET-08

  security_group_id = aws_security_group.this[each.key].id
  description       = "HTTPS through NAT"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
