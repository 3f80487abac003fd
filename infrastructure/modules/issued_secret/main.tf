# A secret whose value somebody else issues: Terraform makes the place, and never knows what is put there.

resource "aws_secretsmanager_secret" "this" {
  #checkov:skip=CKV2_AWS_57:Its issuer alone can make a new value; the runbook in the README renews it within 90 days
  name                    = var.name
  description             = var.description
  kms_key_id              = var.key_arn # SEC-05
  recovery_window_in_days = 30

  tags = { Name = replace(var.name, "/", "-") }

  lifecycle {
    prevent_destroy = true # IAC-05
  }
}
