resource "aws_ecs_task_definition" "conforming" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", stopTimeout = 60 }
  ])
}

resource "aws_ecs_task_definition" "unreadable" {
  family                = "app"
  container_definitions = file("${path.module}/containers.json")
}
