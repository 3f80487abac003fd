resource "aws_ecs_service" "conforming" {
  name                               = "app"
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 150
}
