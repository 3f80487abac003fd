resource "aws_ecs_service" "omitting" {
  name = "omitting"
}
