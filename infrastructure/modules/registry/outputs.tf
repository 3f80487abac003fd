output "repository_arns" {
  description = "ARN of each repository by name, taken by the policies of the delivery system."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.arn }
}

output "repository_urls" {
  description = "URL of each repository by name, taken by the pipelines that publish images."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}
