resource "aws_vpc_endpoint" "conforming" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.logs"
  policy       = data.aws_iam_policy_document.endpoint.json
}

resource "aws_vpc_endpoint" "conforming_2" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.logs"
  policy       = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["logs:PutLogEvents"], Principal = "*", Resource = "*" }] })
}

variable "policy" {
  type = string
}

resource "aws_vpc_endpoint" "unreadable" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.logs"
  policy       = var.policy
}
