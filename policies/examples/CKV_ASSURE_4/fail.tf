resource "aws_ecs_service" "violating" {
  name        = "app"
  launch_type = "EC2"
}

resource "aws_ecs_service" "violating_2" {
  name             = "app"
  launch_type      = "FARGATE"
  platform_version = "1.3.0"
}

resource "aws_ecs_service" "violating_3" {
  name = "app"
  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }

  capacity_provider_strategy {
    capacity_provider = "instances"
    weight            = 1
  }
}
