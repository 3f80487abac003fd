resource "aws_db_instance" "omitting" {
  engine = "postgres"
}

resource "aws_rds_cluster" "omitting" {
  engine = "aurora-postgresql"
}
