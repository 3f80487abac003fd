@ci_pipeline
Feature: Developers do not have to ask

  @CIP-07
  Rule: Developers are told the result of CI

    @declared
    Scenario: A success is told
      Given at least one CI pipeline
      Then every CI pipeline tells of its success

    @declared
    Scenario: A failure is told
      Given at least one CI pipeline
      Then every CI pipeline tells of its failure
