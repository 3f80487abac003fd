@audit
Feature: What pipelines did, and who let them, can be told afterwards

  @AUD-03
  Rule: Pipeline actions are auditable

    @declared
    Scenario: Who approved is one of few
      Given at least one step of approval
      Then every step of approval names who may approve

    @declared
    Scenario: What breaks a policy does not reach production
      Given at least one CD pipeline
      Then every CD pipeline is held to policy sets before it changes production

    @declared
    Scenario: A changed pipeline has an author
      Given at least one pipeline
      Then every pipeline is stored in Git
