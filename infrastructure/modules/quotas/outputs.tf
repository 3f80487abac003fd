output "fargate_vcpus" {
  description = "vCPUs that may run at once, by kind; taken by the capacity report."
  value       = { for kind, quota in aws_servicequotas_service_quota.fargate : kind => quota.value }
}
