@audit
Feature: Exceptions that somebody answers for
  An exception that nobody owns and that never ends is a change of the rules.

  @AUD-05
  Rule: Every exception is a waiver with reason, owner, approver and expiry

    @declared
    Scenario: An exception has a reason, two people and an end
      Given at least one waiver
      Then every waiver has a reason, an owner, another approver and an end
