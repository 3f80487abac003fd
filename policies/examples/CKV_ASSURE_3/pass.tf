resource "aws_ecs_service" "conforming" {
  name = "app"
  network_configuration {
    subnets = [aws_subnet.a.id, aws_subnet.b.id]
  }
}

variable "subnets" {
  type = list(string)
}

resource "aws_ecs_service" "unreadable" {
  network_configuration {
    subnets = var.subnets
  }
}

resource "aws_ecs_service" "unreadable_2" {
  name        = "app"
  launch_type = "EC2"
}
