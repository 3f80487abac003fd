resource "aws_ecs_task_definition" "conforming" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", environment = [{ name = "LOG_LEVEL", value = "info" }, { name = "TOKEN_URL", value = "https://login.example.com" }], secrets = [{ name = "DATABASE_PASSWORD", valueFrom = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app" }] }
  ])
}

resource "aws_ecs_task_definition" "unreadable" {
  family                = "app"
  container_definitions = file("${path.module}/containers.json")
}
