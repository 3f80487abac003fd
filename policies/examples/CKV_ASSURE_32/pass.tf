resource "aws_db_instance" "conforming" {
  engine                      = "postgres"
  manage_master_user_password = true
}

resource "aws_db_instance" "not_a_subject" {
  replicate_source_db = aws_db_instance.conforming.identifier
}
