resource "aws_backup_plan" "conforming" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.here.name

    copy_action {
      destination_vault_arn = aws_backup_vault.there.arn
    }
  }
}
