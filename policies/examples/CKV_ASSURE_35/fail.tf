resource "aws_db_instance" "violating" {
  engine            = "postgres"
  storage_encrypted = true
}

resource "aws_db_instance" "violating_2" {
  engine            = "postgres"
  storage_encrypted = false
  kms_key_id        = aws_kms_key.data.arn
}
