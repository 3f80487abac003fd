resource "aws_ecr_repository" "omitting" {
  name = "app"
}
