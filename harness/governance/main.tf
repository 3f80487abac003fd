# Policies and policy sets of Harness, made by `assurance rego emit`.

terraform {
  required_version = ">= 1.9"

  required_providers {
    harness = {
      source  = "harness/harness"
      version = ">= 0.38"
    }
  }
}

variable "org_id" {
  description = "Organization that the policies apply to."
  type        = string
  nullable    = false
}

variable "project_id" {
  description = "Project that the policies apply to."
  type        = string
  nullable    = false
}

resource "harness_platform_policy" "production_gate" {
  identifier  = "production_gate"
  name        = "production_gate"
  description = "CDP-03: Production comes after staging and an approval"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${path.module}/policies/production_gate.rego")
}

resource "harness_platform_policy" "approval" {
  identifier  = "approval"
  name        = "approval"
  description = "CDP-04: The approval is a real gate"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${path.module}/policies/approval.rego")
}

resource "harness_platform_policy" "approval_template" {
  identifier  = "approval_template"
  name        = "approval_template"
  description = "CDP-04: The approval is a real gate"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${path.module}/policies/approval_template.rego")
}

resource "harness_platform_policy" "rollback" {
  identifier  = "rollback"
  name        = "rollback"
  description = "CDP-06: Every deployment can be rolled back in its own way"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${path.module}/policies/rollback.rego")
}

resource "harness_platform_policy" "ignored_failures" {
  identifier  = "ignored_failures"
  name        = "ignored_failures"
  description = "CIP-06: No failure is ignored on the way to publishing"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${path.module}/policies/ignored_failures.rego")
}

resource "harness_platform_policy" "scan_before_publication" {
  identifier  = "scan_before_publication"
  name        = "scan_before_publication"
  description = "SCN-01: Images are scanned before they are published"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${path.module}/policies/scan_before_publication.rego")
}

resource "harness_platform_policy" "image_tags" {
  identifier  = "image_tags"
  name        = "image_tags"
  description = "CIP-04: A published image tag leads back to its commit"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${path.module}/policies/image_tags.rego")
}

resource "harness_platform_policy" "image_tags_template" {
  identifier  = "image_tags_template"
  name        = "image_tags_template"
  description = "CIP-04: A published image tag leads back to its commit"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${path.module}/policies/image_tags_template.rego")
}

resource "harness_platform_policy" "delegates" {
  identifier  = "delegates"
  name        = "delegates"
  description = "DLG-02: Steps that touch AWS run through a selected delegate"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${path.module}/policies/delegates.rego")
}

resource "harness_platform_policy" "secrets" {
  identifier  = "secrets"
  name        = "secrets"
  description = "SEC-02: Pipelines do not show secrets"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${path.module}/policies/secrets.rego")
}

resource "harness_platform_policy" "secrets_template" {
  identifier  = "secrets_template"
  name        = "secrets_template"
  description = "SEC-02: Pipelines do not show secrets"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${path.module}/policies/secrets_template.rego")
}

resource "harness_platform_policy" "notifications" {
  identifier  = "notifications"
  name        = "notifications"
  description = "CIP-07: Developers are told the result of CI"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${path.module}/policies/notifications.rego")
}

resource "harness_platform_policy" "connectors" {
  identifier  = "connectors"
  name        = "connectors"
  description = "INT-03, SEC-03: Connectors sign in without static keys"
  org_id      = var.org_id
  project_id  = var.project_id
  rego        = file("${path.module}/policies/connectors.rego")
}

resource "harness_platform_policyset" "connector_onsave" {
  identifier = "connector_onsave"
  name       = "connector_onsave"
  action     = "onsave"
  type       = "connector"
  enabled    = true
  org_id     = var.org_id
  project_id = var.project_id

  policy_references {
    identifier = harness_platform_policy.connectors.identifier
    severity   = "error"
  }
}

resource "harness_platform_policyset" "pipeline_onrun" {
  identifier = "pipeline_onrun"
  name       = "pipeline_onrun"
  action     = "onrun"
  type       = "pipeline"
  enabled    = true
  org_id     = var.org_id
  project_id = var.project_id

  policy_references {
    identifier = harness_platform_policy.production_gate.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.approval.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.rollback.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.ignored_failures.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.scan_before_publication.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.image_tags.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.delegates.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.secrets.identifier
    severity   = "error"
  }
}

resource "harness_platform_policyset" "pipeline_onsave" {
  identifier = "pipeline_onsave"
  name       = "pipeline_onsave"
  action     = "onsave"
  type       = "pipeline"
  enabled    = true
  org_id     = var.org_id
  project_id = var.project_id

  policy_references {
    identifier = harness_platform_policy.production_gate.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.approval.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.rollback.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.ignored_failures.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.scan_before_publication.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.image_tags.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.delegates.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.secrets.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.notifications.identifier
    severity   = "error"
  }
}

resource "harness_platform_policyset" "template_onsave" {
  identifier = "template_onsave"
  name       = "template_onsave"
  action     = "onsave"
  type       = "template"
  enabled    = true
  org_id     = var.org_id
  project_id = var.project_id

  policy_references {
    identifier = harness_platform_policy.approval_template.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.image_tags_template.identifier
    severity   = "error"
  }

  policy_references {
    identifier = harness_platform_policy.secrets_template.identifier
    severity   = "error"
  }
}
