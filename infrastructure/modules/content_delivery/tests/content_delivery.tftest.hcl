mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

mock_provider "aws" {
  alias           = "global"
  source          = "../../mocks"
  override_during = plan
}

variables {
  name            = "workshop-test-assets"
  domain_name     = "assets.workshop.example.com"
  page_origin     = "https://workshop.example.com"
  zone_id         = "Z0000000000000"
  certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000"
  web_acl_arn     = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/workshop-test-assets/00000000-0000-0000-0000-000000000000"
  log_bucket_arn  = "arn:aws:s3:::workshop-logs-111122223333"
  bucket          = { name = "assets", domain_name = "assets.s3.eu-west-1.amazonaws.com" }
  copy            = { name = "assets-copy", domain_name = "assets-copy.s3.eu-central-1.amazonaws.com" }
}

run "visitors_come_over_tls_and_through_the_filter" {
  command = plan

  assert {
    condition = (
      aws_cloudfront_distribution.this.default_cache_behavior[0].viewer_protocol_policy == "https-only" &&
      aws_cloudfront_distribution.this.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021" &&
      aws_cloudfront_distribution.this.viewer_certificate[0].acm_certificate_arn == var.certificate_arn
    )
    error_message = "Assets must be served over TLS 1.2 or newer, under their own name."
  }

  assert {
    condition     = aws_cloudfront_distribution.this.web_acl_id == var.web_acl_arn
    error_message = "The access control list is not attached."
  }
}

run "the_buckets_answer_the_distribution_only" {
  command = plan

  assert {
    condition = alltrue([
      for origin in aws_cloudfront_distribution.this.origin : length(origin.s3_origin_config) == 0 && length(origin.custom_origin_config) == 0
    ])
    error_message = "Every origin must be reached with origin access control."
  }

  assert {
    condition     = aws_cloudfront_origin_access_control.this.signing_behavior == "always"
    error_message = "Requests to the buckets must be signed, always."
  }

  assert {
    condition = alltrue([
      for document in data.aws_iam_policy_document.read :
      one(document.statement[0].condition).variable == "aws:SourceArn" &&
      one(document.statement[0].condition).values == tolist([aws_cloudfront_distribution.this.arn]) &&
      document.statement[0].actions == toset(["s3:GetObject"])
    ])
    error_message = "The buckets must let this distribution read, and nothing else."
  }
}

run "the_copy_answers_when_the_bucket_does_not" {
  command = plan

  assert {
    condition     = [for member in one(aws_cloudfront_distribution.this.origin_group).member : member.origin_id] == ["assets", "copy"]
    error_message = "The second region must stand behind the first."
  }
}

run "requests_are_recorded" {
  command = plan

  assert {
    condition     = aws_cloudwatch_log_delivery_source.this.log_type == "ACCESS_LOGS" && aws_cloudwatch_log_delivery_source.this.resource_arn == aws_cloudfront_distribution.this.arn
    error_message = "The access log of the distribution is not delivered."
  }

  assert {
    condition     = startswith(aws_cloudwatch_log_delivery_destination.this.delivery_destination_configuration[0].destination_resource_arn, var.log_bucket_arn)
    error_message = "The access log must end in the archive."
  }
}

run "every_page_origin_is_refused" {
  command = plan

  variables {
    page_origin = "*"
  }

  expect_failures = [var.page_origin]
}
