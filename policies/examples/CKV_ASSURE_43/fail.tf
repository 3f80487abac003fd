resource "aws_backup_plan" "violating" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.here.name
    schedule          = "cron(0 3 * * ? *)"
  }
}
