resource "aws_ecs_task_definition" "violating" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", logConfiguration = { logDriver = "json-file", options = {} } }
  ])
}

resource "aws_ecs_task_definition" "violating_2" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", logConfiguration = { logDriver = "awslogs", options = { "awslogs-region" = "eu-west-1" } } }
  ])
}
