resource "aws_ecs_service" "violating" {
  name = "violating"
}

resource "aws_appautoscaling_target" "other" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = "table/app"
  min_capacity       = 1
  max_capacity       = 10
}
