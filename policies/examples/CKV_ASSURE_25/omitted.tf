resource "aws_iam_role" "omitting" {
  name = "app"
}
