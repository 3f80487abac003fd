resource "aws_ecs_task_definition" "conforming" {
  family                = "app"
  container_definitions = "[]"
  cpu                   = 256
  memory                = 512
}

resource "aws_ecs_task_definition" "conforming_2" {
  family                = "app"
  container_definitions = "[]"
  cpu                   = "1024"
  memory                = "4096"
}
