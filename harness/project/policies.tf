# The policy set of the stage `policy`. What is said of definitions themselves is in harness/governance. AUD-03
resource "harness_platform_policy" "release" {
  identifier = "release"
  name       = "release"
  org_id     = "default"
  project_id = "workshop"
  rego       = file("${path.module}/policies/release.rego")
}

resource "harness_platform_policyset" "releases" {
  identifier = "releases"
  name       = "releases"
  org_id     = "default"
  project_id = "workshop"
  type       = "custom"
  action     = "onstep"
  enabled    = true

  policies {
    identifier = harness_platform_policy.release.identifier
    severity   = "error"
  }
}
