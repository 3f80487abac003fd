resource "aws_db_instance" "violating" {
  engine                      = "postgres"
  manage_master_user_password = false
  password                    = aws_ssm_parameter.password.value
}
