output "application_connect_policy" {
  description = "Policy document (JSON) that lets a task role sign in as the application's role, on the primary and on the replicas."
  value       = data.aws_iam_policy_document.connect.json
}

output "application_user" {
  description = "Role of the database that the application signs in as with an IAM token; it has no password."
  value       = var.application_user
}

output "arn" {
  description = "ARN of the primary, taken by the backup module."
  value       = aws_db_instance.primary.arn
}

output "database_name" {
  description = "Name of the database in the instance, taken by the backend's configuration."
  value       = var.database_name
}

output "endpoint_address" {
  description = "Host name of the primary, taken by the backend's configuration."
  value       = aws_db_instance.primary.address
}

output "identifier" {
  description = "Identifier of the primary, taken by the alarms module."
  value       = aws_db_instance.primary.identifier
}

output "master_secret_arn" {
  description = "ARN of the secret with the master password, which only the task that makes the roles may read."
  value       = aws_db_instance.primary.master_user_secret[0].secret_arn
}

output "max_connections" {
  description = "How many connections the database accepts, taken by the alarms module and by the sizing of pools."
  value       = local.max_connections
}

output "migrator_connect_policy" {
  description = "Policy document (JSON) that lets the task which expands the schema sign in as the migrator, on the primary alone."
  value       = data.aws_iam_policy_document.migrate.json
}

output "port" {
  description = "Port of the database, taken by security groups and by the backend's configuration."
  value       = aws_db_instance.primary.port
}

output "replica_endpoint_addresses" {
  description = "Host name of each read replica by identifier, taken by the backend's configuration for reads."
  value       = { for identifier, replica in aws_db_instance.replica : identifier => replica.address }
}

output "replica_identifiers" {
  description = "Identifiers of the read replicas, taken by the alarms module."
  value       = sort(keys(aws_db_instance.replica))
}
