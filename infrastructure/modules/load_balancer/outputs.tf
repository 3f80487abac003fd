output "arn_suffix" {
  description = "Part of the ARN by which metrics name the load balancer; used by the service and alarms modules."
  value       = aws_lb.this.arn_suffix
}

output "listener_arns" {
  description = "Listeners by purpose (serving, verification); the delegate's role may shift weights on these only."
  value = {
    serving      = aws_lb_listener.serving.arn
    verification = aws_lb_listener.verification.arn
  }
}

output "rule_arns" {
  description = "Listener rules of the routed services; the delegate's role may shift weights on these only."
  value = concat(
    [for rule in aws_lb_listener_rule.serving : rule.arn],
    [for rule in aws_lb_listener_rule.verification : rule.arn],
  )
}

output "rules" {
  description = "Rule of each routed service on the serving and on the verification listener; a swap of colours changes these two."
  value = {
    for name in keys(local.routed) : name => {
      serving      = aws_lb_listener_rule.serving[name].arn
      verification = aws_lb_listener_rule.verification[name].arn
    }
  }
}

output "target_groups" {
  description = "Target groups of each service by colour, with ARN and metric suffix; used by the service, delegate and alarms modules."
  value = {
    for name in keys(var.services) : name => {
      blue  = { arn = aws_lb_target_group.blue[name].arn, arn_suffix = aws_lb_target_group.blue[name].arn_suffix }
      green = { arn = aws_lb_target_group.green[name].arn, arn_suffix = aws_lb_target_group.green[name].arn_suffix }
    }
  }

  # ECS refuses a target group that no listener uses yet.
  depends_on = [
    aws_lb_listener.serving,
    aws_lb_listener.verification,
    aws_lb_listener_rule.serving,
    aws_lb_listener_rule.verification,
  ]
}
