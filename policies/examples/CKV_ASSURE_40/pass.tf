resource "aws_appautoscaling_target" "conforming" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/app/app"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_target" "not_a_subject" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = "table/app"
  min_capacity       = 1
  max_capacity       = 1
}
