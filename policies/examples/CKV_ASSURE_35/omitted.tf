resource "aws_db_instance" "omitting" {
  engine = "postgres"
}
