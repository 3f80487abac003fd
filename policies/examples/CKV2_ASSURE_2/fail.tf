resource "aws_appautoscaling_target" "violating" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/${aws_ecs_service.app.name}"
  min_capacity       = 2
  max_capacity       = 8
}

resource "aws_appautoscaling_policy" "elsewhere" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  resource_id        = "service/main/other"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}
