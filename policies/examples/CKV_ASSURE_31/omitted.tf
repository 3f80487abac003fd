resource "aws_secretsmanager_secret_version" "omitting" {
  secret_id = aws_secretsmanager_secret.app.id
}
