# Target tracking on three signals; the one that asks for most tasks wins.

locals {
  tracked = {
    cpu      = { metric = "ECSServiceAverageCPUUtilization", target = var.scaling.cpu_percent, label = null }                               # SCL-01
    memory   = { metric = "ECSServiceAverageMemoryUtilization", target = var.scaling.memory_percent, label = null }                         # SCL-01
    requests = { metric = "ALBRequestCountPerTarget", target = var.scaling.requests_per_target, label = var.load_balancing.resource_label } # SCL-02
  }
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  resource_id        = "service/${var.cluster.name}/${aws_ecs_service.this.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.scaling.minimum # SCL-01
  max_capacity       = var.scaling.maximum # SCL-01

  tags = { Name = local.full_name }
}

resource "aws_appautoscaling_policy" "tracking" {
  for_each = local.tracked

  name               = "${local.full_name}-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  resource_id        = aws_appautoscaling_target.this.resource_id
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = each.value.target
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = each.value.metric
      resource_label         = each.value.label
    }
  }
}
