# Static assets at the edge. The bucket answers this distribution only; should its region fail, the copy in the second
# region answers.

data "aws_partition" "current" {}

locals {
  # CachingOptimized, managed by AWS under this id in every account: long caching keyed by the path alone, which suits files
  # named by their content.
  cache_policy_id = "658327ea-f89d-4fab-a63d-7e88639e58f6"
}

resource "aws_cloudfront_origin_access_control" "this" {
  name                              = var.name
  description                       = "Signs requests of ${var.name} to its buckets"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always" # SCL-04
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "this" {
  #checkov:skip=CKV2_AWS_47:The firewall module, whose list is attached here, holds both rule groups; the check does not follow it
  #checkov:skip=CKV_AWS_86:Access logs go to the archive by log delivery below; the older logging needs a bucket with ACLs
  #checkov:skip=CKV_AWS_374:The assets are public and served to every country
  #checkov:skip=CKV_AWS_305:The distribution serves files by their full names and has no start page
  enabled         = true
  comment         = "Static assets of ${var.name}"
  aliases         = [var.domain_name]
  http_version    = "http2and3"
  is_ipv6_enabled = true
  price_class     = "PriceClass_100"
  web_acl_id      = var.web_acl_arn

  origin {
    origin_id                = "assets"
    domain_name              = var.bucket.domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.this.id # SCL-04
  }

  origin {
    origin_id                = "copy"
    domain_name              = var.copy.domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.this.id # SCL-04
  }

  origin_group {
    origin_id = "assets-or-copy"

    failover_criteria {
      status_codes = [500, 502, 503, 504]
    }

    member {
      origin_id = "assets"
    }

    member {
      origin_id = "copy"
    }
  }

  default_cache_behavior {
    target_origin_id           = "assets-or-copy"
    viewer_protocol_policy     = "https-only" # SCL-04
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = local.cache_policy_id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.this.id
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = var.certificate_arn
    minimum_protocol_version = "TLSv1.2_2021" # SCL-04
    ssl_support_method       = "sni-only"
  }

  tags = { Name = var.name }
}

resource "aws_route53_record" "this" {
  for_each = toset(["A", "AAAA"])

  zone_id = var.zone_id
  name    = var.domain_name
  type    = each.key

  alias {
    name                   = aws_cloudfront_distribution.this.domain_name
    zone_id                = aws_cloudfront_distribution.this.hosted_zone_id
    evaluate_target_health = false
  }
}
