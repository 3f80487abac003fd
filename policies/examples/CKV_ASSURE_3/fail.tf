resource "aws_ecs_service" "violating" {
  name = "app"
  network_configuration {
    subnets = [aws_subnet.a.id]
  }
}

resource "aws_ecs_service" "violating_2" {
  name = "app"
  network_configuration {
    subnets = [aws_subnet.a.id, aws_subnet.a.id]
  }
}
