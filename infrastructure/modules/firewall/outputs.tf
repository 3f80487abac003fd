output "arn" {
  description = "The access control list; used by the load_balancer and content_delivery modules."
  value       = aws_wafv2_web_acl.this.arn
}
