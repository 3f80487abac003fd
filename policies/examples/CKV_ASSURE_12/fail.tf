resource "aws_ecs_task_definition" "violating" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "app:latest" }
  ])
}

resource "aws_ecs_task_definition" "violating_2" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "localhost:5000/app" }
  ])
}

resource "aws_ecs_task_definition" "violating_3" {
  family = "app"
  container_definitions = jsonencode([
    { name = "app", image = "${aws_ecr_repository.app.repository_url}:latest" }
  ])
}
