resource "aws_iam_role" "conforming" {
  name = "app"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } }
    }]
  })
}

resource "aws_iam_role" "conforming_2" {
  name = "app"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role" "judged_in_its_document" {
  name               = "app"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

variable "trust" {
  type = string
}

resource "aws_iam_role" "unreadable" {
  name               = "app"
  assume_role_policy = var.trust
}
