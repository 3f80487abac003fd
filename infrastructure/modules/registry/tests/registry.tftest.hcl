mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

mock_provider "aws" {
  alias           = "replica"
  source          = "../../mocks"
  override_during = plan
}

variables {
  name            = "workshop"
  key_arn         = "arn:aws:kms:eu-west-1:111122223333:key/a"
  replica_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/b"
  repositories    = ["workshop/backend", "workshop/frontend"]
}

override_resource {
  target          = aws_iam_role.creation
  override_during = plan
  values = {
    arn = "arn:aws:iam::111122223333:role/workshop-registry-replica"
  }
}

override_data {
  target          = data.aws_region.replica
  override_during = plan
  values = {
    name = "eu-central-1"
  }
}

run "keeps_images_private_and_unchangeable" {
  command = plan

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_tag_mutability == "IMMUTABLE"])
    error_message = "A tag must never move to another image."
  }

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : one(repository.encryption_configuration).kms_key == var.key_arn])
    error_message = "Images must be encrypted with the key given."
  }

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : one(repository.image_scanning_configuration).scan_on_push])
    error_message = "Images must be scanned on push."
  }

  assert {
    condition     = one(one(data.aws_iam_policy_document.pull.statement).principals).identifiers == toset(["arn:aws:iam::111122223333:root"])
    error_message = "Nobody but the account may pull."
  }

  assert {
    condition     = keys(aws_ecr_repository_policy.this) == ["workshop/backend", "workshop/frontend"]
    error_message = "Every repository must have the policy."
  }
}

run "protects_releases_from_expiry" {
  command = plan

  assert {
    condition     = jsondecode(aws_ecr_lifecycle_policy.this["workshop/backend"].policy).rules[0].selection.tagPrefixList == ["release-"]
    error_message = "The first rule must match releases, so that no later rule can expire them."
  }

  assert {
    condition     = jsondecode(aws_ecr_lifecycle_policy.this["workshop/backend"].policy).rules[0].selection.countType == "imageCountMoreThan"
    error_message = "Releases may expire by number only: the running one can be old."
  }

  assert {
    condition     = alltrue([for rule in jsondecode(aws_ecr_lifecycle_policy.this["workshop/backend"].policy).rules : rule.selection.tagStatus != "any"])
    error_message = "A rule for any image could expire what runs."
  }
}

run "replicates_with_the_same_protection" {
  command = plan

  assert {
    condition     = one(one(one(aws_ecr_replication_configuration.this.replication_configuration).rule).destination).region == "eu-central-1"
    error_message = "Images must be replicated to the second region."
  }

  assert {
    condition     = aws_ecr_repository_creation_template.replica.image_tag_mutability == "IMMUTABLE" && one(aws_ecr_repository_creation_template.replica.encryption_configuration).kms_key == var.replica_key_arn
    error_message = "Replicas must be as unchangeable as the originals, and encrypted with the key of their region."
  }

  assert {
    condition     = aws_ecr_repository_creation_template.replica.lifecycle_policy == aws_ecr_lifecycle_policy.this["workshop/backend"].policy
    error_message = "Replicas must live as long as the originals."
  }

  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.creation.statement : !contains(statement.resources, "*")])
    error_message = "The role that makes replicas must name what it makes."
  }
}

run "scans_again_when_a_vulnerability_becomes_known" {
  command = plan

  assert {
    condition     = aws_ecr_registry_scanning_configuration.this.scan_type == "ENHANCED" && one(aws_ecr_registry_scanning_configuration.this.rule).scan_frequency == "CONTINUOUS_SCAN"
    error_message = "What already runs must be scanned too."
  }
}

run "refuses_a_repository_of_another_system" {
  command = plan

  variables {
    repositories = ["library/backend"]
  }

  expect_failures = [var.repositories]
}

run "refuses_to_keep_too_few_releases" {
  command = plan

  variables {
    releases_kept = 1
  }

  expect_failures = [var.releases_kept]
}
