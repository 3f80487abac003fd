resource "aws_secretsmanager_secret_version" "violating" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = "example"
}

resource "aws_secretsmanager_secret_version" "violating_2" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = jsonencode({ password = "example" })
}

resource "aws_db_instance" "violating" {
  engine   = "postgres"
  password = "example"
}

resource "aws_ssm_parameter" "violating" {
  name  = "/app/token"
  type  = "SecureString"
  value = "example"
}
