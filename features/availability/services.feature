@availability
Feature: Losing a task or a zone leaves the service running

  @HAV-01
  Rule: Each service runs several tasks, spread over several zones

    @declared
    Scenario: Losing one task leaves another
      Given at least one service
      Then every service runs several tasks

    @declared
    Scenario: Losing one zone leaves another
      Given at least one service
      Then every service spans several zones
