resource "aws_appautoscaling_target" "omitting" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/app/app"
}
