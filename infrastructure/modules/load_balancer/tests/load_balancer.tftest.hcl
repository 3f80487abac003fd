mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name              = "workshop-test"
  environment       = "test"
  vpc_id            = "vpc-00000000000000000"
  subnet_ids        = ["subnet-a", "subnet-b"]
  security_group_id = "sg-00000000000000000"
  certificate_arn   = "arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000000"
  domain_name       = "workshop.example.com"
  zone_id           = "Z0000000000000"
  web_acl_arn       = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/workshop-test/00000000-0000-0000-0000-000000000000"
  log_bucket        = "workshop-logs-111122223333"
  default_service   = "frontend"
  services = {
    backend  = { port = 8080, health_path = "/health/ready", paths = ["/api/v1/*", "/api/openapi.json"], priority = 10 }
    frontend = { port = 3000, health_path = "/api/health", paths = ["/*"], priority = 100 }
  }
}

run "http_is_only_redirected" {
  command = plan

  assert {
    condition = (
      aws_lb_listener.redirect.port == 80 &&
      aws_lb_listener.redirect.default_action[0].type == "redirect" &&
      aws_lb_listener.redirect.default_action[0].redirect[0].protocol == "HTTPS" &&
      aws_lb_listener.redirect.default_action[0].redirect[0].status_code == "HTTP_301"
    )
    error_message = "Plain HTTP must be sent to HTTPS for good."
  }
}

run "tls_is_modern_on_both_listeners" {
  command = plan

  assert {
    condition = alltrue([
      for listener in [aws_lb_listener.serving, aws_lb_listener.verification] :
      listener.protocol == "HTTPS" && startswith(listener.ssl_policy, "ELBSecurityPolicy-TLS13-1-2") && listener.certificate_arn == var.certificate_arn
    ])
    error_message = "A listener accepts TLS older than 1.2."
  }

  assert {
    condition     = aws_lb_listener.serving.port == 443 && aws_lb_listener.verification.port == 8443
    error_message = "The release under verification must be apart from the one that serves."
  }
}

run "each_service_has_two_colours" {
  command = plan

  assert {
    condition     = toset(keys(aws_lb_target_group.blue)) == toset(keys(var.services)) && toset(keys(aws_lb_target_group.green)) == toset(keys(var.services))
    error_message = "A service has no second target group."
  }

  assert {
    condition = alltrue([
      for group in concat(values(aws_lb_target_group.blue), values(aws_lb_target_group.green)) :
      group.target_type == "ip" && length(group.name) <= 32 &&
      group.health_check[0].interval * group.health_check[0].unhealthy_threshold + group.health_check[0].timeout <= 60
    ])
    error_message = "A dead task must be noticed within a minute."
  }

  assert {
    condition     = aws_lb_target_group.green["backend"].health_check[0].path == "/health/ready"
    error_message = "The health check must ask the application's own endpoint."
  }

  assert {
    condition     = toset([for group in aws_lb_listener_rule.serving["backend"].action[0].forward[0].target_group : group.weight]) == toset([0, 100])
    error_message = "At the start blue serves everything."
  }
}

run "a_swap_changes_one_rule_of_each_listener" {
  command = plan

  assert {
    condition     = toset(keys(output.rules)) == toset(keys(var.services)) && alltrue([for rules in values(output.rules) : toset(keys(rules)) == toset(["serving", "verification"])])
    error_message = "Each service must have one rule of its own on each listener."
  }

  assert {
    condition     = aws_lb_listener_rule.serving["backend"].priority < aws_lb_listener_rule.serving["frontend"].priority
    error_message = "Who takes the rest must come last."
  }
}

run "the_door_is_guarded" {
  command = plan

  assert {
    condition     = aws_lb.this.drop_invalid_header_fields && aws_lb.this.enable_deletion_protection && aws_lb.this.access_logs[0].enabled
    error_message = "The load balancer must drop malformed headers, resist deletion and log."
  }

  assert {
    condition     = aws_wafv2_web_acl_association.this.web_acl_arn == var.web_acl_arn
    error_message = "The access control list is not attached."
  }
}

run "paths_without_priority_are_refused" {
  command = plan

  variables {
    services = {
      frontend = { port = 3000, health_path = "/api/health" }
      backend  = { port = 8080, health_path = "/health/ready", paths = ["/api/*"] }
    }
  }

  expect_failures = [var.services]
}
