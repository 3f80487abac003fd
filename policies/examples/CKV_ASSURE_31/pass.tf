resource "aws_secretsmanager_secret_version" "conforming" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = aws_kms_ciphertext.app.ciphertext_blob
}

variable "value" {
  type      = string
  sensitive = true
}

resource "aws_secretsmanager_secret_version" "unreadable" {
  secret_id     = aws_secretsmanager_secret.app.id
  secret_string = var.value
}

resource "aws_ssm_parameter" "not_a_subject" {
  name  = "/app/level"
  type  = "String"
  value = "info"
}
