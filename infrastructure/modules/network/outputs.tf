output "application_route_table_ids" {
  description = "Route tables of the application subnets; the endpoints module adds the S3 gateway to them."
  value       = [for table in aws_route_table.application : table.id]
}

output "application_subnet_ids" {
  description = "Private subnets for tasks; used by the service, delegate and endpoints modules."
  value       = [for subnet in aws_subnet.application : subnet.id]
}

output "data_subnet_ids" {
  description = "Private subnets for databases; used by the database module."
  value       = [for subnet in aws_subnet.data : subnet.id]
}

output "public_subnet_ids" {
  description = "Public subnets; used by the load_balancer module."
  value       = [for subnet in aws_subnet.public : subnet.id]
}

output "vpc_id" {
  description = "The VPC; used by every module that places something in the network."
  value       = aws_vpc.this.id
}
