resource "aws_db_instance" "violating" {
  engine = "postgres"
  lifecycle {
    prevent_destroy = false
  }
}

resource "aws_db_instance" "violating_2" {
  engine = "postgres"
  lifecycle {
    ignore_changes = [engine_version]
  }
}
