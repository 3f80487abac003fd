# The whole environment, evaluated without an account.

mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

mock_provider "aws" {
  alias           = "replica"
  source          = "../../mocks"
  override_during = plan
}

mock_provider "aws" {
  alias           = "global"
  source          = "../../mocks"
  override_during = plan
}

run "plan" {
  command = plan
}
