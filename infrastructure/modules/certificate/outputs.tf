output "arn" {
  description = "The certificate once it is validated; used by the load_balancer and content_delivery modules."
  value       = aws_acm_certificate_validation.this.certificate_arn
}

output "zone_id" {
  description = "Hosted zone of the name; used by the modules that add a record for what they serve."
  value       = data.aws_route53_zone.this.zone_id
}
