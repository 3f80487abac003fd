output "read_policies" {
  description = "Policy documents (JSON) that let the distribution read the bucket (assets) and its replica (copy); for the bucket modules."
  value       = { for name, document in data.aws_iam_policy_document.read : name => document.json }
}
