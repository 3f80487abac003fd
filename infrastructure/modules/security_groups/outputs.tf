output "ids" {
  description = "Group ids by role (load_balancer, frontend, backend, database, endpoints, delegate, and where images are built build_delegate and build_machine); used by the modules that attach them."
  value       = { for role, group in aws_security_group.this : role => group.id }
}
