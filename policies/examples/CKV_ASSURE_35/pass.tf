resource "aws_db_instance" "conforming" {
  engine            = "postgres"
  storage_encrypted = true
  kms_key_id        = aws_kms_key.data.arn
}

resource "aws_db_instance" "not_a_subject" {
  replicate_source_db = aws_db_instance.conforming.identifier
}
