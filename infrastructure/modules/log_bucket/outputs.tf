output "arn" {
  description = "ARN of the bucket, taken by the audit module's policies."
  value       = module.bucket.arn
}

output "id" {
  description = "Name of the bucket, taken by the trail, the recorder and every access log."
  value       = module.bucket.id
}
