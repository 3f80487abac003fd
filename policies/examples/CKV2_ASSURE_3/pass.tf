resource "aws_db_instance" "conforming" {
  engine               = "postgres"
  engine_version       = "14.11"
  parameter_group_name = aws_db_parameter_group.on.name
}

resource "aws_db_parameter_group" "on" {
  family = "postgres14"

  parameter {
    name  = "log_statement"
    value = "ddl"
  }

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_instance" "conforming_2" {
  engine         = "postgres"
  engine_version = "16.4"
}
