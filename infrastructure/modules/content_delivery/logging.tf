# Access logs of the distribution, delivered into the log archive. OBS-09

resource "aws_cloudwatch_log_delivery_source" "this" {
  provider = aws.global

  name         = "${var.name}-access"
  log_type     = "ACCESS_LOGS"
  resource_arn = aws_cloudfront_distribution.this.arn # OBS-09

  tags = { Name = "${var.name}-access" }
}

resource "aws_cloudwatch_log_delivery_destination" "this" {
  provider = aws.global

  name          = "${var.name}-archive"
  output_format = "json"

  delivery_destination_configuration {
    destination_resource_arn = "${var.log_bucket_arn}/content-delivery"
  }

  tags = { Name = "${var.name}-archive" }
}

resource "aws_cloudwatch_log_delivery" "this" {
  provider = aws.global

  delivery_source_name     = aws_cloudwatch_log_delivery_source.this.name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.this.arn

  s3_delivery_configuration {
    enable_hive_compatible_path = true
    suffix_path                 = "/{DistributionId}/{yyyy}/{MM}/{dd}"
  }

  tags = { Name = "${var.name}-access" }
}
