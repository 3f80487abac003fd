output "log_group_arn" {
  description = "Log group of the delegate; the steps that it starts in containers write to it as well."
  value       = aws_cloudwatch_log_group.this.arn
}

output "secret_reader_role_arn" {
  description = "Role that the secret manager connector of Harness assumes through the delegate; null for one that deploys nothing."
  value       = one(aws_iam_role.secret_reader[*].arn)
}

output "service_name" {
  description = "Name of the ECS service; used by alarms."
  value       = aws_ecs_service.this.name
}
