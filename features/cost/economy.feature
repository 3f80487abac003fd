@cost
Feature: Economy
  What nobody needs is switched off, and what always runs is bought in advance.

  @CST-04
  Rule: Non-production shrinks outside hours and does without expensive defaults

    @declared
    Scenario: Services rest outside hours
      Given an environment other than production
      And at least one service
      Then every service rests outside hours

    @declared
    Scenario: Expensive defaults are for production
      Given an environment other than production
      And at least one database
      Then no database pays for a standby
      And every database is small

  @CST-05
  Rule: Commitments are recorded against the baseline

    @declared
    Scenario: A commitment is in force
      Given a production environment
      Then a commitment is bought or watched

    @declared
    Scenario: The baseline is what always runs
      Given a production environment
      Then the recorded baseline is the minimum capacity of all services
