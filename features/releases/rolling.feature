@releases
Feature: A rolling deployment keeps the service whole, and takes itself back

  @REL-01
  Rule: Capacity stays full, the surplus is bounded and a failed deployment is rolled back

    @declared
    Scenario: No task is taken away before its successor is healthy
      Given at least one service
      Then every service keeps its full capacity during a deployment

    @declared
    Scenario: The surplus during a deployment is bounded
      Given at least one service
      Then every service bounds the surplus during a deployment

    @declared
    Scenario: A deployment that fails takes itself back
      Given at least one service
      Then every service rolls a failed deployment back by itself

    @declared
    Scenario: Manifests roll as services do
      Given at least one service manifest
      Then every service manifest keeps full capacity
      And every service manifest bounds its surplus
      And every service manifest rolls a failed deployment back
