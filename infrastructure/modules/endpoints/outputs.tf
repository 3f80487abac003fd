output "s3_prefix_list_id" {
  description = "Prefix list of S3; used by the security_groups module to limit image pulls."
  value       = aws_vpc_endpoint.s3.prefix_list_id
}
