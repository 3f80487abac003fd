output "log_group_name" {
  description = "Log group of the containers; used by the dashboard."
  value       = aws_cloudwatch_log_group.this.name
}

output "name" {
  description = "Name of the ECS service; used by alarms and schedules."
  value       = aws_ecs_service.this.name
}

output "role_arns" {
  description = "Execution and task role; the delegate may pass these and no others."
  value       = [aws_iam_role.execution.arn, aws_iam_role.task.arn]
}

output "service_arn" {
  description = "The ECS service; the delegate may deploy to it."
  value       = aws_ecs_service.this.id
}

output "task_family" {
  description = "Family of the task definition; the delegate may register revisions of it."
  value       = aws_ecs_task_definition.this.family
}
