# How the delegate starts (execution role) and how it reads what pipelines need to know (secret reader, assumed by the
# connector of Harness). What it may deploy stands in deployment.tf.

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"] # IAM-03
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount" # IAM-03
      values   = [local.account_id]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn" # IAM-03
      values   = ["arn:${local.partition}:ecs:${local.region}:${local.account_id}:*"]
    }
  }
}

resource "aws_iam_role" "execution" {
  name                 = "${local.full_name}-execution" # IAM-01
  description          = "Starts the delegate of ${var.system}"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.permissions_boundary_arn # IAM-05

  tags = { Name = "${local.full_name}-execution" }
}

resource "aws_iam_role" "task" {
  name                 = "${local.full_name}-task" # DLG-03
  description          = "What the delivery pipelines may do in ${var.system}"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.permissions_boundary_arn # IAM-05

  tags = { Name = "${local.full_name}-task" }
}

# IAM-02
data "aws_iam_policy_document" "execution" {
  statement {
    sid       = "LogIn"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"] # the action knows no resource
  }

  statement {
    sid       = "PullImage"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = [var.repository_arn]
  }

  statement {
    sid       = "WriteLog"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:log-stream:*"]
  }

  statement {
    sid       = "ReadToken"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.token.arn] # DLG-04
  }

  statement {
    sid       = "DecryptToken"
    actions   = ["kms:Decrypt"]
    resources = [var.secrets_key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["secretsmanager.${local.region}.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "execution" {
  name   = "execution"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.execution.json
}

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
  name                 = "${local.full_name}-secret-reader" # SEC-03
  description          = "Reads the secrets of the delivery pipelines of ${var.system}"
  assume_role_policy   = data.aws_iam_policy_document.secret_reader_trust.json
  permissions_boundary = var.permissions_boundary_arn # IAM-05

  tags = { Name = "${local.full_name}-secret-reader" }
}

resource "aws_iam_role_policy" "secret_reader" {
  name   = "secrets"
  role   = aws_iam_role.secret_reader.id
  policy = data.aws_iam_policy_document.secret_reader.json # IAM-02
}
