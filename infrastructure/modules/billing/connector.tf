# What the cost product of Harness reads: the cost and usage report, and the metrics it recommends from.
data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  bucket    = "${var.name}-costs-${local.account}"
}

data "aws_iam_policy_document" "report" {
  statement {
    sid       = "CheckBucket"
    effect    = "Allow"
    actions   = ["s3:GetBucketAcl", "s3:GetBucketPolicy"]
    resources = ["arn:${local.partition}:s3:::${local.bucket}"]

    principals {
      type        = "Service"
      identifiers = ["billingreports.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount" # IAM-03
      values   = [local.account]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${local.partition}:cur:us-east-1:${local.account}:definition/*"]
    }
  }

  statement {
    sid       = "WriteReport"
    effect    = "Allow"
    actions   = ["s3:PutObject"]
    resources = ["arn:${local.partition}:s3:::${local.bucket}/*"]

    principals {
      type        = "Service"
      identifiers = ["billingreports.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount" # IAM-03
      values   = [local.account]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${local.partition}:cur:us-east-1:${local.account}:definition/*"]
    }
  }
}

module "bucket" {
  source = "../bucket"

  name              = local.bucket
  key_arn           = null # the report's writer does not use keys of customers
  access_log_bucket = var.access_log_bucket
  policy_statements = [data.aws_iam_policy_document.report.json]
  replicate_to      = var.replicate_to
  retention = {
    noncurrent_days = 30
    expire_days     = 400
  }
}

resource "aws_cur_report_definition" "this" {
  provider = aws.global

  report_name                = var.name
  time_unit                  = "HOURLY"
  format                     = "textORcsv"
  compression                = "GZIP"
  additional_schema_elements = ["RESOURCES"]
  s3_bucket                  = module.bucket.id # CST-06
  s3_region                  = data.aws_region.current.name
  s3_prefix                  = "report"
  report_versioning          = "OVERWRITE_REPORT"
  refresh_closed_reports     = true

  # The definition is refused until the writer may check the bucket.
  depends_on = [module.bucket]
}

data "aws_iam_policy_document" "connector_trust" {
  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [var.connector.principal_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId" # IAM-03
      values   = [var.connector.external_id]
    }
  }
}

data "aws_iam_policy_document" "connector" {
  statement {
    sid       = "ReadReport"
    effect    = "Allow"
    actions   = ["s3:GetBucketLocation", "s3:ListBucket"]
    resources = [module.bucket.arn]
  }

  statement {
    sid       = "ReadReportObjects"
    effect    = "Allow"
    actions   = ["s3:GetObject"]
    resources = ["${module.bucket.arn}/*"]
  }

  # Reading only, and none of these actions can be limited to a resource.
  statement {
    #checkov:skip=CKV_AWS_356:Describing and listing these kinds cannot be limited to a resource
    sid    = "ReadInventory"
    effect = "Allow"
    actions = [
      "ce:GetRightsizingRecommendation",
      "cur:DescribeReportDefinitions",
      "ecs:ListClusters",
      "organizations:DescribeOrganization",
    ]
    resources = ["*"]
  }

  statement {
    sid    = "ReadServices"
    effect = "Allow"
    actions = [
      "ecs:DescribeClusters",
      "ecs:DescribeServices",
      "ecs:DescribeTasks",
    ]
    resources = [
      for kind in ["cluster", "service", "task"] :
      "arn:${local.partition}:ecs:${data.aws_region.current.name}:${local.account}:${kind}/${var.name}-*"
    ]
  }
}

resource "aws_iam_role" "connector" {
  #checkov:skip=CKV_AWS_61:The vendor's account takes the role under an external id, as the vendor documents it
  name               = "${var.name}-cost-connector"
  description        = "Lets the cost product of Harness read the cost report." # CST-06
  assume_role_policy = data.aws_iam_policy_document.connector_trust.json
}

resource "aws_iam_role_policy" "connector" {
  name   = "read-costs"
  role   = aws_iam_role.connector.id
  policy = data.aws_iam_policy_document.connector.json
}
