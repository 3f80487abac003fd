resource "aws_ecs_task_definition" "violating" {
  family                = "app"
  container_definitions = "[]"
  cpu                   = 256
  memory                = 4096
}

resource "aws_ecs_task_definition" "violating_2" {
  family                = "app"
  container_definitions = "[]"
  cpu                   = 300
  memory                = 1024
}

resource "aws_ecs_task_definition" "violating_3" {
  family                = "app"
  container_definitions = "[]"
  cpu                   = 256
}
