resource "aws_cloudtrail" "omitting" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
}
