resource "aws_ecs_service" "violating" {
  name          = "violating"
  desired_count = 1
}

resource "aws_ecs_service" "violating_2" {
  name = "violating_2"
}

resource "aws_appautoscaling_target" "scarce" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/${aws_ecs_service.violating_2.name}"
  min_capacity       = 1
  max_capacity       = 8
}
