resource "aws_ecs_task_definition" "violating" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", environment = [{ name = "DATABASE_PASSWORD", value = "example" }] }
  ])
}

resource "aws_ecs_task_definition" "violating_2" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", environment = [{ name = "LOG_LEVEL", value = "info" }, { name = "DATABASE_URL", value = "postgres://app:example@db/app" }] } # pragma: allowlist secret
  ])
}

resource "aws_ecs_task_definition" "violating_3" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:1", environment = [{ name = "API_KEY", value = "example" }] }
  ])
}
