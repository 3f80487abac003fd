# How the delegate starts (execution role), and under which role it works. What it may deploy stands in deployment.tf, how it reads
# what pipelines need to know in secret_reader.tf, what it may build with in runner.tf.

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
    resources = compact([var.repository_arn, try(var.builds.repository_arn, null)])
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
