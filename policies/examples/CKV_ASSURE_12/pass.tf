resource "aws_ecs_task_definition" "conforming" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
  ])
}

resource "aws_ecs_task_definition" "conforming_2" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "localhost:5000/app:1.4.2" }
  ])
}

resource "aws_ecs_task_definition" "conforming_3" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "${aws_ecr_repository.app.repository_url}:1.4.2" }
  ])
}

resource "aws_ecs_task_definition" "unreadable" {
  family                = "app"
  container_definitions = file("${path.module}/containers.json")
}
