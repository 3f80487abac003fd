output "log_group_arn" {
  description = "Log group of the service; tasks that the pipelines start beside it write to it as well."
  value       = aws_cloudwatch_log_group.this.arn
}

output "name" {
  description = "Name of the ECS service; used by alarms and schedules."
  value       = aws_ecs_service.this.name
}

output "registry_arn" {
  description = "Entry of the service in service discovery; a service of the pipelines that takes its place registers there."
  value       = aws_service_discovery_service.this.arn
}

output "role_arns" {
  description = "Execution and task role; the delegate may pass these and no others."
  value       = [aws_iam_role.execution.arn, aws_iam_role.task.arn]
}

output "task_family" {
  description = "Family of the task definition; the delegate may register revisions of it."
  value       = aws_ecs_task_definition.this.family
}
