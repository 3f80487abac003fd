output "arn" {
  description = "ARN of the secret, taken by who reads it."
  value       = aws_secretsmanager_secret.this.arn
}
