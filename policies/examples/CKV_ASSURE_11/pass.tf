resource "aws_ecs_task_definition" "conforming" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", healthCheck = { command = ["CMD", "/healthy"] } },
    { name = "agent", image = "agent:1", essential = false }
  ])
}

resource "aws_ecs_task_definition" "conforming_2" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", healthCheck = { command = ["CMD", "/healthy"], interval = 10 } }
  ])
}

resource "aws_ecs_task_definition" "unreadable" {
  family                = "app"
  container_definitions = file("${path.module}/containers.json")
}
