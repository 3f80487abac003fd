resource "aws_db_instance" "conforming" {
  engine                  = "postgres"
  backup_retention_period = 7
}

resource "aws_db_instance" "conforming_2" {
  engine                  = "postgres"
  backup_retention_period = 30
}

resource "aws_db_instance" "not_a_subject" {
  replicate_source_db = aws_db_instance.conforming.identifier
}
