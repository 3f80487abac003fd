output "id" {
  description = "Name of the bucket, taken by everything that writes to it."
  value       = aws_s3_bucket.this.id
}

output "arn" {
  description = "ARN of the bucket, taken by policies and by replication; known only once the bucket is versioned."
  value       = aws_s3_bucket.this.arn
  depends_on  = [aws_s3_bucket_versioning.this]
}

output "domain_name" {
  description = "Regional domain name, taken by the content delivery module as its origin."
  value       = aws_s3_bucket.this.bucket_regional_domain_name
}
