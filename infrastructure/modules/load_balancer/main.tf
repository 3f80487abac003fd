# The one door to the internet: TLS ends here, plain HTTP is sent to HTTPS, every service stands behind it in two colours.

resource "aws_lb" "this" {
  #checkov:skip=CKV2_AWS_76:The firewall module, whose list is attached here, holds both rule groups; the check does not follow it
  name                       = var.name
  load_balancer_type         = "application"
  internal                   = false
  subnets                    = var.subnet_ids # HAV-02
  security_groups            = [var.security_group_id]
  drop_invalid_header_fields = true # ALB-05
  desync_mitigation_mode     = "strictest"
  enable_deletion_protection = true # ALB-05
  idle_timeout               = 60

  # OBS-09
  access_logs {
    bucket  = var.log_bucket
    prefix  = "load-balancer/${var.name}"
    enabled = true # ALB-05
  }

  connection_logs {
    bucket  = var.log_bucket
    prefix  = "load-balancer-connections/${var.name}"
    enabled = true
  }

  tags = { Name = var.name }
}

# Blue serves; green receives the next release and is verified before it takes over. ALB-07, REL-04
resource "aws_lb_target_group" "blue" {
  #checkov:skip=CKV_AWS_378:TLS ends at the load balancer; only its security group reaches the tasks, inside private subnets
  for_each = var.services

  name                 = "${each.key}-blue-${var.environment}"
  vpc_id               = var.vpc_id
  target_type          = "ip" # ALB-03
  protocol             = "HTTP"
  port                 = each.value.port
  deregistration_delay = var.deregistration_seconds # ECS-07

  # A dead task is found within 3 x 15 s plus one timeout.
  health_check {
    path                = each.value.health_path # ALB-03
    protocol            = "HTTP"
    matcher             = "200"
    interval            = 15
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3 # ALB-03
  }

  tags = { Name = "${var.name}-${each.key}-blue", Colour = "blue" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_target_group" "green" {
  #checkov:skip=CKV_AWS_378:TLS ends at the load balancer; only its security group reaches the tasks, inside private subnets
  for_each = var.services

  name                 = "${each.key}-green-${var.environment}"
  vpc_id               = var.vpc_id
  target_type          = "ip" # ALB-03
  protocol             = "HTTP"
  port                 = each.value.port
  deregistration_delay = var.deregistration_seconds # ECS-07

  health_check {
    path                = each.value.health_path # ALB-03
    protocol            = "HTTP"
    matcher             = "200"
    interval            = 15
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3 # ALB-03
  }

  tags = { Name = "${var.name}-${each.key}-green", Colour = "green" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "this" {
  zone_id = var.zone_id
  name    = var.domain_name
  type    = "A"

  alias {
    name                   = aws_lb.this.dns_name
    zone_id                = aws_lb.this.zone_id
    evaluate_target_health = true
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  resource_arn = aws_lb.this.arn
  web_acl_arn  = var.web_acl_arn
}
