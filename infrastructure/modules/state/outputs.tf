output "bucket" {
  description = "Name of the bucket, to compare with the backend blocks of the roots."
  value       = module.bucket.id
}
