resource "aws_db_instance" "violating" {
  engine                    = "postgres"
  skip_final_snapshot       = true
  final_snapshot_identifier = "app-final"
}

resource "aws_db_instance" "violating_2" {
  engine              = "postgres"
  skip_final_snapshot = false
}
