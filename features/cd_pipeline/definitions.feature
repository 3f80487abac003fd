@cd_pipeline
Feature: Definitions of the delivery say what their authors mean
  What Harness ignores in silence is a check, a rollback or a limit that its author believes in.

  @CDP-08
  Rule: Pipeline definitions are valid

    @declared
    Scenario: Files can be read
      Given at least one definition file
      Then every definition file can be read

    @declared
    Scenario: Fields stand where they take effect
      Given at least one definition
      Then every definition has its fields where they take effect

    @declared
    Scenario: Pipelines run something
      Given at least one pipeline
      Then every pipeline runs something in each of its stages

    @declared
    Scenario: Identifiers and names are valid
      Given at least one definition
      Then every definition has valid identifiers
      And every definition has valid names

    @declared
    Scenario: Identifiers are unique
      Given at least one definition
      Then every definition gives each of its parts an identifier of its own
      And every definition is the only one of its entity

    @declared
    Scenario: References resolve
      Given at least one definition
      Then every delivery definition refers only to what the repository holds
      And every definition takes services and environments only from earlier stages
      And every definition is free of templates that use themselves

    @declared
    Scenario: Timeouts are valid
      Given at least one definition
      Then every definition writes its timeouts as Harness reads them

    @declared
    Scenario: Steps end
      Given at least one step
      Then every step is bounded by a timeout

    @declared
    Scenario: Input sets overlay
      Given at least one input set
      Then every input set fits its pipeline

    @declared
    Scenario: Templates take what they are given
      Given at least one definition
      Then every definition gives its templates only inputs that they take

    @declared
    Scenario: The published schema accepts the definitions
      Given at least one definition
      Then every definition follows the published schema
