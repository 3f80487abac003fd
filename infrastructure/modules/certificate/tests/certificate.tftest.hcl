mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  domain_name = "workshop.example.com"
  zone_name   = "example.com"
}

run "the_certificate_is_proven_through_dns" {
  command = plan

  assert {
    condition     = aws_acm_certificate.this.validation_method == "DNS" && aws_acm_certificate.this.domain_name == "workshop.example.com"
    error_message = "Only a certificate validated through DNS is renewed without a person."
  }

  assert {
    condition     = aws_route53_record.validation["workshop.example.com"].type == "CNAME"
    error_message = "The record that proves the name is missing."
  }

  assert {
    condition     = output.arn == aws_acm_certificate.this.arn
    error_message = "Users of the certificate must wait until it is validated."
  }
}

run "a_trailing_dot_is_refused" {
  command = plan

  variables {
    domain_name = "workshop.example.com."
  }

  expect_failures = [var.domain_name]
}
