resource "aws_ecr_repository" "violating" {
  name = "app"
  encryption_configuration {
    encryption_type = "KMS"
  }
}

resource "aws_ecr_repository" "violating_2" {
  name = "app"
  encryption_configuration {
    encryption_type = "AES256"
  }
}
