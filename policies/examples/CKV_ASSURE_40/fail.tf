resource "aws_appautoscaling_target" "violating" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/app/app"
  min_capacity       = 1
  max_capacity       = 10
}

resource "aws_appautoscaling_target" "violating_2" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/app/app"
  min_capacity       = 2
  max_capacity       = 2
}
