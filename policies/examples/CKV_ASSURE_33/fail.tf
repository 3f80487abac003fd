resource "aws_db_instance" "violating" {
  engine                  = "postgres"
  backup_retention_period = 1
}

resource "aws_db_instance" "violating_2" {
  engine                  = "postgres"
  backup_retention_period = 0
}
