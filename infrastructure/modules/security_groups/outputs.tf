output "ids" {
  description = "Group ids by role (load_balancer, frontend, backend, database, endpoints, delegate); used by the modules that attach them."
  value       = { for role, group in aws_security_group.this : role => group.id }
}
