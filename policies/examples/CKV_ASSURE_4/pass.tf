resource "aws_ecs_service" "conforming" {
  name        = "app"
  launch_type = "FARGATE"
}

resource "aws_ecs_service" "conforming_2" {
  name             = "app"
  platform_version = "LATEST"

  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = 2
    weight            = 1
  }

  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 3
  }
}
