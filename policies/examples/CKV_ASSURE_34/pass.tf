resource "aws_db_instance" "conforming" {
  engine                    = "postgres"
  final_snapshot_identifier = "app-final"
}

resource "aws_db_instance" "conforming_2" {
  engine                    = "postgres"
  skip_final_snapshot       = false
  final_snapshot_identifier = "app-final"
}

resource "aws_db_instance" "not_a_subject" {
  replicate_source_db = aws_db_instance.conforming.identifier
}
