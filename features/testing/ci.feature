@testing
Feature: What is published was tested
  A test that cannot fail the build is a habit, not a test.

  @TST-01
  Rule: Unit tests of backend and frontend run in CI

    @declared
    Scenario: Broken code is not published
      Given at least one application
      Then every application is published only after its unit tests passed

  @TST-04
  Rule: Falling coverage fails the build

    @declared
    Scenario: Uncovered code is not published
      Given at least one application
      Then every application is published only with its code covered as agreed

    @declared
    Scenario: Coverage can be looked up
      Given at least one application
      Then every application has its coverage reported by CI
