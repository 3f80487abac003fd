resource "aws_ecs_service" "conforming" {
  name = "conforming"
}

resource "aws_appautoscaling_target" "scaled" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/${aws_ecs_service.conforming.name}"
  min_capacity       = 2
  max_capacity       = 8
}
