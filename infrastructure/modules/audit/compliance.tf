locals {
  rules = {
    ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK       = {}
    CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED   = {}
    CLOUDWATCH_LOG_GROUP_ENCRYPTED            = {}
    ECR_PRIVATE_LIFECYCLE_POLICY_CONFIGURED   = {}
    ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED      = {}
    ECS_CONTAINERS_NONPRIVILEGED              = {}
    ECS_CONTAINERS_READONLY_ACCESS            = {}
    ECS_FARGATE_LATEST_PLATFORM_VERSION       = {}
    ECS_TASK_DEFINITION_LOG_CONFIGURATION     = {}
    ELB_DELETION_PROTECTION_ENABLED           = {}
    GUARDDUTY_ENABLED_CENTRALIZED             = {}
    IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS = {}
    IAM_ROOT_ACCESS_KEY_CHECK                 = {}
    KMS_CMK_NOT_SCHEDULED_FOR_DELETION        = {}
    MULTI_REGION_CLOUD_TRAIL_ENABLED          = {}
    RDS_INSTANCE_DELETION_PROTECTION_ENABLED  = {}
    RDS_INSTANCE_PUBLIC_ACCESS_CHECK          = {}
    RDS_STORAGE_ENCRYPTED                     = {}
    ROOT_ACCOUNT_MFA_ENABLED                  = {}
    S3_BUCKET_PUBLIC_READ_PROHIBITED          = {}
    S3_BUCKET_SSL_REQUESTS_ONLY               = {}
    S3_BUCKET_VERSIONING_ENABLED              = {}
    SECRETSMANAGER_USING_CMK                  = {}
    VPC_DEFAULT_SECURITY_GROUP_CLOSED         = {}
    VPC_FLOW_LOGS_ENABLED                     = {}

    ACCESS_KEYS_ROTATED                     = { maxAccessKeyAge = "90" }
    DB_INSTANCE_BACKUP_ENABLED              = { backupRetentionMinimum = "7" }
    REQUIRED_TAGS                           = { for number, tag in var.required_tags : "tag${number + 1}Key" => tag }
    SECRETSMANAGER_SECRET_PERIODIC_ROTATION = { maxDaysSinceRotation = "90" }
  }
}

resource "aws_config_configuration_recorder" "this" {
  name     = var.name
  role_arn = var.recorder_role_arn # IAM-04

  recording_group {
    all_supported                 = true # AUD-04
    include_global_resource_types = true
  }

  recording_mode {
    recording_frequency = "CONTINUOUS"
  }
}

resource "aws_config_delivery_channel" "this" {
  name           = var.name
  s3_bucket_name = var.bucket # OBS-09
  s3_key_prefix  = "config"
  s3_kms_key_arn = var.key_arn

  snapshot_delivery_properties {
    delivery_frequency = "TwentyFour_Hours"
  }

  depends_on = [aws_config_configuration_recorder.this]
}

resource "aws_config_configuration_recorder_status" "this" {
  name       = aws_config_configuration_recorder.this.name
  is_enabled = true # AUD-04

  depends_on = [aws_config_delivery_channel.this]
}

resource "aws_config_config_rule" "this" {
  for_each = local.rules # AUD-04

  name             = "${var.name}-${lower(replace(each.key, "_", "-"))}"
  input_parameters = length(each.value) == 0 ? null : jsonencode(each.value)

  source {
    owner             = "AWS"
    source_identifier = each.key
  }

  depends_on = [aws_config_configuration_recorder_status.this]
}
