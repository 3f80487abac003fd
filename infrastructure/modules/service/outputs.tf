output "name" {
  description = "Name of the ECS service; used by alarms and schedules."
  value       = aws_ecs_service.this.name
}

output "role_arns" {
  description = "Execution and task role; the delegate may pass these and no others."
  value       = [aws_iam_role.execution.arn, aws_iam_role.task.arn]
}

output "task_family" {
  description = "Family of the task definition; the delegate may register revisions of it."
  value       = aws_ecs_task_definition.this.family
}
