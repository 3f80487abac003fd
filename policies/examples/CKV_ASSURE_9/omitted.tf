resource "aws_ecs_task_definition" "omitting" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1" }
  ])
}
