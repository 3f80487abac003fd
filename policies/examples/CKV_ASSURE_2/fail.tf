resource "aws_ecs_service" "violating" {
  name                               = "app"
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 200
}

resource "aws_ecs_service" "violating_2" {
  name                               = "app"
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 100
}

resource "aws_ecs_service" "violating_3" {
  name                               = "app"
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 400
}
