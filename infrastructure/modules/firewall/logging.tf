# Every request that was judged, with what belongs to visitors left out.

resource "aws_cloudwatch_log_group" "this" {
  name              = "aws-waf-logs-${var.name}" # AWS accepts no other prefix
  retention_in_days = 365
  kms_key_id        = var.key_arn

  tags = { Name = "aws-waf-logs-${var.name}" }
}

resource "aws_wafv2_web_acl_logging_configuration" "this" {
  resource_arn            = aws_wafv2_web_acl.this.arn
  log_destination_configs = [aws_cloudwatch_log_group.this.arn]

  # Credentials of visitors do not belong into a log. SEC-06
  redacted_fields {
    single_header {
      name = "authorization"
    }
  }

  redacted_fields {
    single_header {
      name = "cookie"
    }
  }
}
