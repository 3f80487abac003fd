output "arn" {
  description = "ARN of the key, taken by everything that encrypts with it."
  value       = aws_kms_key.this.arn
}

output "id" {
  description = "Id of the key, taken by grants and by collectors that look the key up."
  value       = aws_kms_key.this.key_id
}
