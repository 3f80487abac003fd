resource "aws_ecs_task_definition" "violating" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", user = "0" }
  ])
}

resource "aws_ecs_task_definition" "violating_2" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", user = "app" }
  ])
}

resource "aws_ecs_task_definition" "violating_3" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", user = "10001" },
    { name = "agent", image = "agent:1", user = "root" }
  ])
}
