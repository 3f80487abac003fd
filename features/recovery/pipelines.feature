@recovery
Feature: The way back is as well prepared as the way forward
  In an emergency nobody writes a pipeline.

  @DRY-04
  Rule: Recovery is a named, tested pipeline

    @declared
    Scenario: A pipeline brings the last good release back
      Given at least one recovery pipeline
      Then a recovery pipeline deploys to production
      And every recovery pipeline brings back an image that was released

    @declared
    Scenario: The way back is tried before it is needed
      Given at least one recovery pipeline
      Then every recovery pipeline is rehearsed by a schedule
