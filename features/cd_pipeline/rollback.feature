@cd_pipeline
Feature: A release that fails is taken back by itself
  Rollback steps that nothing starts, and a rollback that finds no steps, are both no rollback.

  @CDP-06
  Rule: Every deployment can be rolled back in its own way

    @declared
    Scenario: Deployments have the rollback of their strategy
      Given at least one deployment stage
      Then every deployment stage has rollback steps of its strategy

    @declared
    Scenario: Failed deployments roll back
      Given at least one deployment stage
      Then every deployment stage rolls back on every error of a deployment

    @declared
    Scenario: Rollback data is noted once
      Given at least one deployment stage
      Then every deployment stage tries its set-up steps once

    @declared
    Scenario: A rollback of the whole pipeline reaches what was deployed
      Given at least one pipeline
      Then every pipeline is rolled back only where that reaches what it deployed
