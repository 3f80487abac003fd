data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  root      = "arn:${local.partition}:iam::${local.account}:root"

  administrators = length(var.administrators) > 0 ? var.administrators : [local.root]

  # Most services name the account they act for. These three prove it with the resource they act on instead.
  proofs_by_resource = {
    cloudfront = { test = "ArnLike", variable = "aws:SourceArn", value = "arn:${local.partition}:cloudfront::${local.account}:distribution/*" }
    cloudtrail = { test = "ArnLike", variable = "aws:SourceArn", value = "arn:${local.partition}:cloudtrail:*:${local.account}:trail/*" }
    logs = {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      value    = "arn:${local.partition}:logs:${data.aws_region.current.name}:${local.account}:*"
    }
  }
  proof_by_account = { test = "StringEquals", variable = "aws:SourceAccount", value = local.account }

  proofs = {
    for service in var.service_principals :
    service => lookup(local.proofs_by_resource, split(".", service)[0], local.proof_by_account)
  }
}

data "aws_iam_policy_document" "key" {
  #checkov:skip=CKV_AWS_109:A key policy speaks about its own key only, there "*" names this key and nothing else
  #checkov:skip=CKV_AWS_111:A key policy speaks about its own key only, there "*" names this key and nothing else
  #checkov:skip=CKV_AWS_356:A key policy speaks about its own key only, there "*" names this key and nothing else
  statement {
    sid    = "AdministerWithoutUsing"
    effect = "Allow"
    actions = [
      "kms:CancelKeyDeletion",
      "kms:CreateAlias",
      "kms:DeleteAlias",
      "kms:DescribeKey",
      "kms:DisableKey",
      "kms:EnableKey",
      "kms:EnableKeyRotation",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListGrants",
      "kms:ListKeyPolicies",
      "kms:ListResourceTags",
      "kms:PutKeyPolicy",
      "kms:RevokeGrant",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateAlias",
      "kms:UpdateKeyDescription",
    ]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = local.administrators
    }
  }

  # Who of the account may use the key is then decided by the policies of its roles.
  statement {
    sid    = "UseAsIdentityPoliciesAllow"
    effect = "Allow"
    actions = [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey*",
      "kms:ReEncrypt*",
    ]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.root]
    }
  }

  statement {
    sid       = "GrantToServicesThatStoreForTheAccount"
    effect    = "Allow"
    actions   = ["kms:CreateGrant"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.root]
    }

    condition {
      test     = "Bool"
      variable = "kms:GrantIsForAWSResource"
      values   = ["true"]
    }
  }

  dynamic "statement" {
    for_each = local.proofs

    content {
      sid    = "Serve${join("", [for word in split(".", split(".amazonaws", statement.key)[0]) : title(replace(word, "-", ""))])}"
      effect = "Allow"
      actions = [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey*",
        "kms:ReEncrypt*",
      ]
      resources = ["*"]

      principals {
        type        = "Service"
        identifiers = [statement.key]
      }

      condition {
        test     = statement.value.test # IAM-03
        variable = statement.value.variable
        values   = [statement.value.value]
      }
    }
  }
}

resource "aws_kms_key" "this" {
  description             = var.description
  deletion_window_in_days = 30
  enable_key_rotation     = true # SEC-05
  policy                  = data.aws_iam_policy_document.key.json

  lifecycle {
    prevent_destroy = true # IAC-05
  }
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this.key_id
}
