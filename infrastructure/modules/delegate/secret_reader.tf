# How a delegate that deploys reads what pipelines need to know: by a role that the connector of Harness assumes.

data "aws_iam_policy_document" "secret_reader_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.task.arn] # SEC-03
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId" # IAM-03
      values   = [var.harness.account_id]
    }
  }
}

data "aws_iam_policy_document" "secret_reader" {
  statement {
    sid       = "ReadPipelineSecrets"
    actions   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
    resources = ["arn:${local.partition}:secretsmanager:${local.region}:${local.account_id}:secret:${replace(var.system, "-", "/")}/pipeline/*"]
  }

  statement {
    sid       = "DecryptPipelineSecrets"
    actions   = ["kms:Decrypt"]
    resources = [var.secrets_key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["secretsmanager.${local.region}.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "secret_reader" {
  count = var.deploys == null ? 0 : 1

  name                 = "${local.full_name}-secret-reader" # SEC-03
  description          = "Reads the secrets of the delivery pipelines of ${var.system}"
  assume_role_policy   = data.aws_iam_policy_document.secret_reader_trust.json
  permissions_boundary = var.permissions_boundary_arn # IAM-05

  tags = { Name = "${local.full_name}-secret-reader" }
}

resource "aws_iam_role_policy" "secret_reader" {
  count = var.deploys == null ? 0 : 1

  name   = "secrets"
  role   = aws_iam_role.secret_reader[0].id
  policy = data.aws_iam_policy_document.secret_reader.json # IAM-02
}
