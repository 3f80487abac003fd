Feature: Eight scenarios
  What becomes of them is known; the two reports of one run are held against it.

  @NET-01
  Rule: Everything is told

    @declared
    Scenario: It holds
      Given a thing
      Then the system holds

    @declared
    Scenario: A step breaks
      Given a thing
      When a step breaks
      Then the system holds

    @declared
    Scenario: Nobody knows the first step
      Given a sentence that nobody knows
      Then the system holds

    @declared
    Scenario: Nobody knows the second step
      Given a thing
      When a sentence that nobody knows follows
      Then the system holds

    @declared
    Scenario: The set-up is denied
      Given a thing
      Then the system holds

    @declared
    Scenario: It is left out
      Given a thing
      Then the system holds

    @declared
    Scenario: A step skips itself
      Given a thing
      When a step skips itself
      Then the system holds

    @declared
    Scenario: It is bound to nothing
      Given a thing
      Then the system holds
