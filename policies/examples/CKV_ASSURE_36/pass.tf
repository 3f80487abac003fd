resource "aws_db_parameter_group" "conforming" {
  family = "postgres14"
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_parameter_group" "conforming_2" {
  family = "postgres16"
}

resource "aws_db_parameter_group" "conforming_3" {
  family = "postgres16"
  parameter {
    name  = "log_statement"
    value = "ddl"
  }
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_parameter_group" "not_a_subject" {
  family = "mysql8.0"
}
