resource "aws_ecs_task_definition" "omitting" {
  family                = "app"
  container_definitions = "[]"
}
