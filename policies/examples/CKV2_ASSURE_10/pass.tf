resource "aws_ecs_service" "conforming" {
  name          = "conforming"
  desired_count = 2
}

resource "aws_ecs_service" "conforming_2" {
  name = "conforming_2"
}

resource "aws_appautoscaling_target" "scaled" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/${aws_ecs_service.conforming_2.name}"
  min_capacity       = 2
  max_capacity       = 8
}
