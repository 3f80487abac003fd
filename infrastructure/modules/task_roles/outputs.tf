output "role_arns" {
  description = "Execution and task role; the delegate may pass these."
  value       = [aws_iam_role.execution.arn, aws_iam_role.task.arn]
}

output "task_family" {
  description = "Family under which the pipelines register the task; the delegate may register and run its revisions."
  value       = local.full_name
}
