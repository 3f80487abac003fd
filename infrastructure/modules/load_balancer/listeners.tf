# Weights between the colours belong to the deployment pipeline once the listeners exist; Terraform only sets the start.

locals {
  routed = { for name, service in var.services : name => service if length(service.paths) > 0 }
}

resource "aws_lb_listener" "redirect" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect" # ALB-02

    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "serving" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"                               # ALB-01
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06" # ALB-01
  certificate_arn   = var.certificate_arn                   # ALB-01

  default_action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.blue[var.default_service].arn
        weight = 100
      }

      target_group {
        arn    = aws_lb_target_group.green[var.default_service].arn
        weight = 0
      }
    }
  }

  lifecycle {
    ignore_changes = [default_action] # REL-04, REL-06
  }
}

resource "aws_lb_listener_rule" "serving" {
  for_each = local.routed

  listener_arn = aws_lb_listener.serving.arn
  priority     = each.value.priority

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.blue[each.key].arn
        weight = 100
      }

      target_group {
        arn    = aws_lb_target_group.green[each.key].arn
        weight = 0
      }
    }
  }

  condition {
    path_pattern {
      values = each.value.paths
    }
  }

  tags = { Name = "${var.name}-${each.key}" }

  lifecycle {
    ignore_changes = [action] # REL-04, REL-06
  }
}

# The same routes to green, for the verification that precedes the switch. Its port is open to the delegate alone. REL-04
resource "aws_lb_listener" "verification" {
  load_balancer_arn = aws_lb.this.arn
  port              = var.verification_port
  protocol          = "HTTPS"                               # ALB-01
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06" # ALB-01
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.green[var.default_service].arn
  }

  lifecycle {
    ignore_changes = [default_action] # REL-04
  }
}

resource "aws_lb_listener_rule" "verification" {
  for_each = local.routed

  listener_arn = aws_lb_listener.verification.arn
  priority     = each.value.priority

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.green[each.key].arn
  }

  condition {
    path_pattern {
      values = each.value.paths
    }
  }

  tags = { Name = "${var.name}-${each.key}-verification" }

  lifecycle {
    ignore_changes = [action] # REL-04
  }
}
