resource "aws_cloudtrail" "violating" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
  event_selector {
    include_management_events = false

    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}

resource "aws_cloudtrail" "violating_2" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
  event_selector {
    read_write_type           = "WriteOnly"
    include_management_events = true
  }
}
