output "boundary_arns" {
  description = "Permissions boundary of each environment and of the builds, which the roots of the environments find by its name."
  value       = module.identity.boundary_arns
}

output "cost_connector_role_arn" {
  description = "Role that is entered in the cost connector of Harness."
  value       = module.billing.connector_role_arn
}

output "cost_report_name" {
  description = "Cost and usage report that is entered in the cost connector of Harness."
  value       = module.billing.report_name
}

output "detector_id" {
  description = "GuardDuty detector, read by the collector of the deployed layer."
  value       = module.audit.detector_id
}

output "log_bucket" {
  description = "Log archive, which the roots of the environments find by its name."
  value       = module.log_bucket.id
}

output "repository_urls" {
  description = "Where the pipelines publish images, by name of the repository."
  value       = module.registry.repository_urls
}

output "state_bucket" {
  description = "Bucket that every backend block names."
  value       = module.state.bucket
}

output "trail_arn" {
  description = "Trail, read by the collector of the deployed layer."
  value       = module.audit.trail_arn
}
