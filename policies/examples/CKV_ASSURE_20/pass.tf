resource "aws_lb" "conforming" {
  name    = "app"
  subnets = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_lb" "conforming_2" {
  name = "app"
  subnet_mapping {
    subnet_id = aws_subnet.a.id
  }

  subnet_mapping {
    subnet_id = aws_subnet.b.id
  }
}

variable "subnets" {
  type = list(string)
}

resource "aws_lb" "unreadable" {
  subnets = var.subnets
}
