mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name    = "workshop-data-111122223333"
  key_arn = "arn:aws:kms:eu-west-1:111122223333:key/a"
}

override_resource {
  target          = aws_s3_bucket.this
  override_during = plan
  values = {
    id  = "workshop-data-111122223333"
    arn = "arn:aws:s3:::workshop-data-111122223333"
  }
}

override_resource {
  target          = aws_iam_role.replication
  override_during = plan
  values = {
    arn = "arn:aws:iam::111122223333:role/replication"
  }
}

run "is_private_encrypted_and_versioned" {
  command = plan

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "All four blocks against public access must be on."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).kms_master_key_id == var.key_arn
    error_message = "Objects must be encrypted with the key given."
  }

  assert {
    condition     = one(aws_s3_bucket_versioning.this.versioning_configuration).status == "Enabled"
    error_message = "The bucket must keep superseded versions."
  }

  assert {
    condition     = one(aws_s3_bucket_ownership_controls.this.rule).object_ownership == "BucketOwnerEnforced"
    error_message = "Access control lists must be off."
  }

  assert {
    condition = anytrue([
      for statement in data.aws_iam_policy_document.bucket.statement :
      statement.effect == "Deny" && anytrue([for condition in statement.condition : condition.variable == "aws:SecureTransport" && contains(condition.values, "false")])
    ])
    error_message = "The policy must refuse unencrypted transport."
  }

  assert {
    condition     = length(aws_s3_bucket_replication_configuration.this) == 0 && length(aws_s3_bucket_logging.this) == 0
    error_message = "Without a destination there is neither replication nor logging."
  }
}

run "expires_and_moves_as_told" {
  command = plan

  variables {
    retention = { noncurrent_days = 30, transition_days = 60, expire_days = 400 }
  }

  assert {
    condition     = one(one(aws_s3_bucket_lifecycle_configuration.this.rule).noncurrent_version_expiration).noncurrent_days == 30
    error_message = "Superseded versions must expire after the days given."
  }

  assert {
    condition     = one(one(aws_s3_bucket_lifecycle_configuration.this.rule).expiration).days == 400 && one(one(aws_s3_bucket_lifecycle_configuration.this.rule).transition).days == 60
    error_message = "Objects must move and expire after the days given."
  }

  assert {
    condition     = one(one(aws_s3_bucket_lifecycle_configuration.this.rule).abort_incomplete_multipart_upload).days_after_initiation == 7
    error_message = "Abandoned uploads must not stay."
  }
}

run "serves_log_writers_without_a_key" {
  command = plan

  variables {
    key_arn         = null
    refuse_deletion = true
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "Without a key the bucket must still encrypt."
  }

  assert {
    condition = anytrue([
      for statement in data.aws_iam_policy_document.bucket.statement :
      statement.effect == "Deny" && length(statement.condition) == 0 && length(setsubtract(["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:DeleteBucket"], statement.actions)) == 0
    ])
    error_message = "Deletion must be refused to everybody, without a condition."
  }
}

run "replicates_under_a_narrow_role" {
  command = plan

  variables {
    replicate_to = { bucket_arn = "arn:aws:s3:::workshop-copy", key_arn = "arn:aws:kms:eu-central-1:111122223333:key/b" }
  }

  assert {
    condition     = one(aws_s3_bucket_replication_configuration.this[0].rule).status == "Enabled" && one(one(aws_s3_bucket_replication_configuration.this[0].rule).delete_marker_replication).status == "Disabled"
    error_message = "Objects must be replicated, deletions must not."
  }

  assert {
    condition     = one(one(one(aws_s3_bucket_replication_configuration.this[0].rule).destination).encryption_configuration).replica_kms_key_id == "arn:aws:kms:eu-central-1:111122223333:key/b"
    error_message = "Replicas must be encrypted with the key of the second region."
  }

  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.replication[0].statement : !contains(statement.resources, "*")])
    error_message = "The role must name the buckets and keys it uses."
  }
}

run "locks_objects" {
  command = plan

  variables {
    object_lock_days = 365
  }

  assert {
    condition     = aws_s3_bucket.this.object_lock_enabled && one(one(aws_s3_bucket_object_lock_configuration.this[0].rule).default_retention).days == 365
    error_message = "Objects must be locked for the days given."
  }
}

run "refuses_an_alias_as_key" {
  command = plan

  variables {
    key_arn = "alias/workshop"
  }

  expect_failures = [var.key_arn]
}
