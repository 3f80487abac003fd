output "arn" {
  description = "The cluster; used by the service and delegate modules."
  value       = aws_ecs_cluster.this.arn
}

output "name" {
  description = "The cluster's name; used for scaling, alarms and schedules."
  value       = aws_ecs_cluster.this.name
}

output "namespace" {
  description = "Id and domain of the private namespace; used by the service module and for the services' addresses."
  value = {
    id   = aws_service_discovery_private_dns_namespace.this.id
    name = aws_service_discovery_private_dns_namespace.this.name
  }
}
