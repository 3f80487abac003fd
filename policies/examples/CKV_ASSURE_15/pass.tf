resource "aws_ecs_task_definition" "conforming" {
  family                = "app"
  container_definitions = "[]"
  execution_role_arn    = aws_iam_role.execution.arn
  task_role_arn         = aws_iam_role.task.arn
}
