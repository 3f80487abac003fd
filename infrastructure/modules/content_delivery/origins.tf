# What the buckets add to their policies, so that they answer this distribution alone.

# SCL-04
data "aws_iam_policy_document" "read" {
  for_each = { assets = var.bucket.name, copy = var.copy.name }

  statement {
    sid       = "ReadByDistribution"
    actions   = ["s3:GetObject"]
    resources = ["arn:${data.aws_partition.current.partition}:s3:::${each.value}/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn" # IAM-03
      values   = [aws_cloudfront_distribution.this.arn]
    }
  }
}
