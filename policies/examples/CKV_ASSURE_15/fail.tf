resource "aws_ecs_task_definition" "violating" {
  family                = "app"
  container_definitions = "[]"
  execution_role_arn    = aws_iam_role.task.arn
  task_role_arn         = aws_iam_role.task.arn
}

resource "aws_ecs_task_definition" "violating_2" {
  family                = "app"
  container_definitions = "[]"
  execution_role_arn    = aws_iam_role.execution.arn
}
