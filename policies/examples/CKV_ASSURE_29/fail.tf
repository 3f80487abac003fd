resource "aws_iam_policy" "violating" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:PassRole"], Resource = "*" }]
  })
}

resource "aws_iam_policy" "violating_2" {
  name = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ecs:UpdateService", "iam:PassRole"], Resource = "arn:aws:iam::111122223333:role/*" }]
  })
}
