resource "aws_ecs_service" "omitting" {
  name        = "app"
  launch_type = "FARGATE"
}
