resource "aws_ecs_service" "conforming" {
  name                   = "conforming"
  cluster                = aws_ecs_cluster.recorded.id
  enable_execute_command = true
}

resource "aws_ecs_service" "conforming_2" {
  name                   = "conforming_2"
  enable_execute_command = false
}

resource "aws_ecs_cluster" "recorded" {
  name = "recorded"

  configuration {
    execute_command_configuration {
      kms_key_id = aws_kms_key.exec.arn
      logging    = "OVERRIDE"
    }
  }
}
