data "aws_iam_policy_document" "trust" {
  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["backup.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount" # IAM-03
      values   = [local.account]
    }
  }
}

data "aws_iam_policy_document" "backup" {
  statement {
    sid       = "SnapshotWhatIsProtected"
    effect    = "Allow"
    actions   = ["rds:CreateDBSnapshot"]
    resources = concat(var.resource_arns, local.snapshots)

    condition {
      test     = "StringEquals"
      variable = "rds:db-tag/Environment" # IAM-05
      values   = [var.environment]
    }
  }

  # AWS Backup copies the tags of a database to its snapshots.
  statement {
    sid       = "CopySnapshots"
    effect    = "Allow"
    actions   = ["rds:AddTagsToResource", "rds:CopyDBSnapshot"]
    resources = local.snapshots

    condition {
      test     = "StringEquals"
      variable = "rds:snapshot-tag/Environment" # IAM-05
      values   = [var.environment]
    }
  }

  # Only what AWS Backup made itself: the database's own snapshots have another name.
  statement {
    sid       = "ExpireSnapshots"
    effect    = "Allow"
    actions   = ["rds:DeleteDBSnapshot", "rds:ModifyDBSnapshotAttribute"]
    resources = [for snapshot in local.snapshots : replace(snapshot, "snapshot:*", "snapshot:awsbackup:*")]

    condition {
      test     = "StringEquals"
      variable = "rds:snapshot-tag/Environment" # IAM-05
      values   = [var.environment]
    }
  }

  statement {
    sid    = "FindDatabasesAndSnapshots"
    effect = "Allow"
    actions = [
      "rds:DescribeDBInstances",
      "rds:DescribeDBSnapshots",
      "rds:ListTagsForResource",
    ]
    resources = concat(var.resource_arns, local.snapshots)
  }

  statement {
    sid       = "CopyBetweenVaults"
    effect    = "Allow"
    actions   = ["backup:CopyFromBackupVault", "backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]
    resources = [aws_backup_vault.this.arn, aws_backup_vault.replica.arn]
  }

  statement {
    sid       = "DescribeKeys"
    effect    = "Allow"
    actions   = ["kms:DescribeKey"]
    resources = distinct([var.key_arn, var.replica_key_arn])
  }

  statement {
    sid       = "LetStorageUseTheKeys"
    effect    = "Allow"
    actions   = ["kms:CreateGrant"]
    resources = distinct([var.key_arn, var.replica_key_arn])

    condition {
      test     = "Bool"
      variable = "kms:GrantIsForAWSResource"
      values   = ["true"]
    }
  }

  statement {
    sid       = "EncryptThroughTheDatabaseService"
    effect    = "Allow"
    actions   = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
    resources = distinct([var.key_arn, var.replica_key_arn])

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = flatten([for region in local.regions : ["backup.${region}.amazonaws.com", "rds.${region}.amazonaws.com"]])
    }
  }
}

resource "aws_iam_role" "backup" {
  name               = "${var.name}-backup"
  description        = "Lets AWS Backup make, copy and expire recovery points of ${var.name}."
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "backup" {
  name   = "back-up"
  role   = aws_iam_role.backup.id
  policy = data.aws_iam_policy_document.backup.json
}
