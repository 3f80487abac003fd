resource "aws_db_instance" "violating" {
  engine               = "postgres"
  engine_version       = "14.11"
  parameter_group_name = aws_db_parameter_group.off.name
}

resource "aws_db_parameter_group" "off" {
  family = "postgres14"

  parameter {
    name  = "log_statement"
    value = "ddl"
  }

  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}
