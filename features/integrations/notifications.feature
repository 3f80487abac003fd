@integrations
Feature: People learn of what needs them
  Chat is read at work and e-mail afterwards; who has only one of them misses the other half of the day.

  @INT-02
  Rule: Chat and e-mail carry every event that matters

    @declared
    Scenario: A failed run is announced
      Given at least one CD pipeline
      Then every CD pipeline announces failed runs by chat and e-mail

    @declared
    Scenario: A waiting approval is announced
      Given at least one CD pipeline
      Then every CD pipeline announces waiting approvals by chat and e-mail

    @declared
    Scenario: A deployment is announced
      Given at least one CD pipeline
      Then every CD pipeline announces finished deployments by chat and e-mail

    @declared
    Scenario: A rollback is announced
      Given at least one CD pipeline
      Then every CD pipeline announces rollbacks by chat and e-mail

    @declared
    Scenario: An alarm is announced
      Given at least one alarm topic
      Then every alarm topic reaches chat and e-mail
