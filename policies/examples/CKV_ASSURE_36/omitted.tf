resource "aws_db_parameter_group" "omitting" {
  family = "postgres14"
}
