resource "aws_backup_plan" "omitting" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.here.name
  }
}
