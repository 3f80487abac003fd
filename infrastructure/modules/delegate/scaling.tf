# Pipelines come in waves; idle delegates beyond one a zone are let go.

locals {
  tracked = {
    cpu    = { metric = "ECSServiceAverageCPUUtilization", target = 60 }    # SCL-01
    memory = { metric = "ECSServiceAverageMemoryUtilization", target = 75 } # SCL-01
  }
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  resource_id        = "service/${var.cluster.name}/${aws_ecs_service.this.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.replicas     # DLG-01
  max_capacity       = var.replicas * 2 # SCL-01

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
    scale_in_cooldown  = 600

    predefined_metric_specification {
      predefined_metric_type = each.value.metric
    }
  }
}
