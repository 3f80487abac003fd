@source_control
Feature: No change goes untested
  A change that starts nothing is found when somebody uses it.

  @SRC-03
  Rule: Every push to the main branch and every pull request starts CI

    @declared
    Scenario: A push to the main branch is built
      Given at least one CI pipeline
      Then every CI pipeline is started by every push to the main branch

    @declared
    Scenario: A pull request is built
      Given at least one CI pipeline
      Then every CI pipeline is started by every pull request
