resource "aws_db_instance" "omitting" {
  engine         = "postgres"
  engine_version = "14.11"
}
