data "aws_iam_policy_document" "separation" {
  dynamic "statement" {
    for_each = var.environments

    content {
      sid       = "KeepOthersOutOf${title(statement.value)}" # IAM-05
      effect    = "Deny"
      actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
      resources = ["arn:${data.aws_partition.current.partition}:s3:::${var.name}/${statement.value}/*"]

      principals {
        type        = "AWS"
        identifiers = ["*"]
      }

      # A principal that is tagged with an environment reaches the state of that environment only.
      condition {
        test     = "Null"
        variable = "aws:PrincipalTag/Environment"
        values   = ["false"]
      }

      condition {
        test     = "StringNotEquals"
        variable = "aws:PrincipalTag/Environment"
        values   = [statement.value]
      }
    }
  }

  # The lock file comes and goes; the state itself is only ever superseded, and its versions expire by the lifecycle.
  statement {
    sid       = "RefuseDeletionOfHistory"
    effect    = "Deny"
    actions   = ["s3:DeleteBucket", "s3:DeleteObjectVersion"]
    resources = ["arn:${data.aws_partition.current.partition}:s3:::${var.name}", "arn:${data.aws_partition.current.partition}:s3:::${var.name}/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

data "aws_partition" "current" {}

module "bucket" {
  source = "../bucket"

  name              = var.name
  key_arn           = var.key_arn # IAC-02
  access_log_bucket = var.access_log_bucket
  policy_statements = [data.aws_iam_policy_document.separation.json]
  replicate_to      = var.replicate_to # DRY-05
  retention         = { noncurrent_days = 365 }
}
