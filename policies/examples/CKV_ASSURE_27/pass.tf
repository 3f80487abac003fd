resource "aws_iam_policy" "conforming" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" }]
  })
}

resource "aws_iam_policy" "judged_in_its_document" {
  name   = "app"
  policy = data.aws_iam_policy_document.app.json
}

variable "policy" {
  type = string
}

resource "aws_iam_policy" "unreadable" {
  name   = "app"
  policy = var.policy
}
