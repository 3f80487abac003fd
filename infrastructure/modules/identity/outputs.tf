output "boundary_arns" {
  description = "ARN of the permissions boundary of each environment and of the builds; the environments find it by its name."
  value       = { for environment, policy in aws_iam_policy.boundary : environment => policy.arn }
}

output "service_linked_role_arns" {
  description = "ARN of each service-linked role, taken by the recorder of the audit module."
  value       = { for name, role in aws_iam_service_linked_role.this : name => role.arn }
}
