output "replica_vault_arn" {
  description = "ARN of the vault in the second region, from which the restore drill recovers after the loss of the first."
  value       = aws_backup_vault.replica.arn
}

output "vault_arn" {
  description = "ARN of the vault, from which the restore drill recovers."
  value       = aws_backup_vault.this.arn
}
