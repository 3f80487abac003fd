resource "aws_db_instance" "conforming" {
  engine = "postgres"
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_db_instance" "not_a_subject" {
  replicate_source_db = aws_db_instance.conforming.identifier
}
