resource "aws_ecr_repository" "violating" {
  name = "app"
}

resource "aws_ecr_lifecycle_policy" "elsewhere" {
  repository = "other"
  policy     = "{}"
}
