# The most that a delegate of the builds, its runner and its machines can ever do. They run the code of changes that nobody has
# looked at, so nothing of a deployment is among it. A boundary grants nothing.
data "aws_iam_policy_document" "builds" {
  statement {
    #checkov:skip=CKV_AWS_107:A boundary grants nothing, it limits what the policies of a role can grant
    #checkov:skip=CKV_AWS_108:A boundary grants nothing, it limits what the policies of a role can grant
    #checkov:skip=CKV_AWS_109:A boundary grants nothing, it limits what the policies of a role can grant
    #checkov:skip=CKV_AWS_111:A boundary grants nothing, it limits what the policies of a role can grant
    #checkov:skip=CKV_AWS_356:A boundary grants nothing, it limits what the policies of a role can grant
    sid    = "BuildAndPublish"
    effect = "Allow"
    actions = [
      "ec2:CreateTags",
      "ec2:DescribeImages",
      "ec2:DescribeInstances",
      "ec2:DescribeRegions",
      "ec2:DescribeSecurityGroups",
      "ec2:RunInstances",
      "ec2:TerminateInstances",
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:DescribeImages",
      "ecr:DescribeRepositories",
      "ecr:GetAuthorizationToken",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:ListImages",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
      "kms:Decrypt",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "secretsmanager:GetSecretValue",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "HandTheirRoleToMachines"
    effect    = "Allow"
    actions   = ["iam:PassRole"]
    resources = ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/${var.name}-build-machine"]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ec2.amazonaws.com"]
    }
  }

  statement {
    sid       = "StayOutOfOtherEnvironments" # IAM-05
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]

    condition {
      test     = "Null"
      variable = "aws:ResourceTag/Environment"
      values   = ["false"]
    }

    condition {
      test     = "StringNotEquals"
      variable = "aws:ResourceTag/Environment"
      values   = [var.build_environment, "shared"]
    }
  }
}

# Machines that build are started by a runner, which says nothing of encryption: the account says it for all disks. DAT-04
resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}
