resource "aws_iam_policy" "omitting" {
  name = "app"
}
