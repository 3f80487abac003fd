@source_control
Feature: Infrastructure that exists because a file says so
  What somebody made by hand is reviewed by nobody, missing after a disaster, and different in every
  environment.

  @SRC-04
  Rule: All infrastructure that the services depend on is Terraform

    @declared
    Scenario: A service depends on nothing that was made by hand
      Given at least one dependent service
      Then every dependent service names only what Terraform makes or looks up

    @declared
    Scenario: No script makes resources past Terraform
      Given at least one script in Terraform
      Then every script in Terraform makes nothing in AWS
