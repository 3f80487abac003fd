variable "developers" {
  description = "Who is told when a build fails, by e-mail address."
  type        = set(string)
  nullable    = false
}

variable "harness_account_id" {
  description = "Account at Harness; the one to which the delegates belong."
  type        = string
  nullable    = false
}

variable "release_managers" {
  description = "Who may let a release into production, by e-mail address."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.release_managers) >= 2
    error_message = "Name at least two people: whoever starts a release cannot let it through." # CDP-04
  }
}
