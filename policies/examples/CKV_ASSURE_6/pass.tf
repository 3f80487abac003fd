resource "aws_ecs_task_definition" "conforming" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", user = "10001" }
  ])
}

resource "aws_ecs_task_definition" "conforming_2" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", user = "10001:10001" }
  ])
}

resource "aws_ecs_task_definition" "unreadable" {
  family                = "app"
  container_definitions = file("${path.module}/containers.json")
}
