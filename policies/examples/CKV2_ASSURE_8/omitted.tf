resource "aws_s3_bucket" "omitting" {
  bucket = "omitting"
}
