resource "aws_ecs_task_definition" "conforming" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", logConfiguration = { logDriver = "awslogs", options = { "awslogs-group" = "/app", "awslogs-region" = "eu-west-1" } } }
  ])
}

resource "aws_ecs_task_definition" "unreadable" {
  family                = "app"
  container_definitions = file("${path.module}/containers.json")
}
