@releases
Feature: A new version is tried before everybody gets it
  What nobody looks at between two steps might as well have been one step.

  @REL-04
  Rule: Blue/green verifies green before the switch and keeps blue

    @declared
    Scenario: Green is shown apart
      Given at least one blue/green release
      Then every blue/green release shows the new version by a listener of its own

    @declared
    Scenario: Green is judged before it serves
      Given at least one blue/green release
      Then every blue/green release verifies the new version before the switch

    @declared
    Scenario: Blue stays for a while
      Given at least one blue/green release
      Then every blue/green release keeps the old version as long as agreed

  @REL-06
  Rule: Canary shifts traffic in analysed steps

    @declared
    Scenario: Traffic moves in steps
      Given at least one canary release
      Then every canary release grows in steps

    @declared
    Scenario: Each step is analysed
      Given at least one canary release
      Then every canary release is analysed between its steps

    @declared
    Scenario: A bad analysis takes the canary back
      Given at least one canary release
      Then every canary release is reversed by a bad analysis
