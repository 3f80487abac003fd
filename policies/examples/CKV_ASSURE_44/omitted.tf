resource "aws_db_instance" "omitting" {
  engine = "postgres"
}

resource "aws_s3_bucket" "omitting" {
  bucket = "app"
}
