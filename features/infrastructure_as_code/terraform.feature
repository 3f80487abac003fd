@infrastructure_as_code
Feature: Terraform as code
  Infrastructure is written, reviewed and released like any other code.

  @IAC-01
  Rule: Terraform is formatted, valid and modular

    @declared
    Scenario: Files are formatted and valid
      Given at least one Terraform root
      Then every Terraform root is formatted
      And every Terraform root is valid

    @declared
    Scenario: Environments compose modules
      Given at least one Terraform root
      Then every Terraform root composes modules

    @declared
    Scenario: Inputs are typed, described and validated
      Given at least one module
      Then every module types its inputs
      And every module describes its inputs
      And every module validates its inputs

    @declared
    Scenario: Outputs are described
      Given at least one module
      Then every module describes its outputs

  @IAC-02
  Rule: State is remote, encrypted, locked and separate

    @declared
    Scenario: State is remote
      Given at least one Terraform root
      Then every Terraform root keeps its state remote

    @declared
    Scenario: State is encrypted and locked
      Given at least one Terraform root
      Then every Terraform root encrypts its state
      And every Terraform root locks its state

    @declared
    Scenario: State is separate
      Given at least one Terraform root
      Then every Terraform root keeps its state apart from others

  @IAC-03
  Rule: Terraform, providers and modules are pinned

    @declared
    Scenario: Versions are stated
      Given at least one Terraform root
      Then every Terraform root states the version of Terraform
      And every Terraform root bounds the versions of its providers
      And every Terraform root pins the modules from elsewhere

    @declared
    Scenario: Providers are locked
      Given at least one Terraform root
      Then every Terraform root has a lock file with its providers

  @IAC-04
  Rule: What is deployed is what is declared

    @declared
    Scenario: The plan is empty
      Given a plan
      Then the plan changes nothing

  @IAC-05
  Rule: Stateful resources are not destroyed by accident

    @declared
    Scenario: Stateful resources are guarded
      Given at least one stateful resource
      Then every stateful resource is guarded

    @declared
    Scenario: A plan that would replace one is named
      Given a plan
      Then the plan keeps every stateful resource
