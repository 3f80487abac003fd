resource "aws_ecs_service" "violating" {
  name                   = "violating"
  cluster                = aws_ecs_cluster.silent.id
  enable_execute_command = true
}

resource "aws_ecs_cluster" "silent" {
  name = "silent"

  configuration {
    execute_command_configuration {
      kms_key_id = aws_kms_key.exec.arn
      logging    = "NONE"
    }
  }
}

resource "aws_ecs_service" "violating_2" {
  name                   = "violating_2"
  cluster                = aws_ecs_cluster.bare.id
  enable_execute_command = true
}

resource "aws_ecs_cluster" "bare" {
  name = "bare"
}
