resource "aws_appautoscaling_target" "omitting" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/${aws_ecs_service.app.name}"
  min_capacity       = 2
  max_capacity       = 8
}
