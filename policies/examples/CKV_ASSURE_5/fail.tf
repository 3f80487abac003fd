resource "aws_ecs_task_definition" "violating" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", privileged = true }
  ])
}

resource "aws_ecs_task_definition" "violating_2" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", privileged = false },
    { name = "agent", image = "agent:1", privileged = true }
  ])
}
