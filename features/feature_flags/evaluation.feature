@feature_flags
Feature: A release is one decision, what people see of it another
  A flag that cannot be answered must not decide anything.

  @FLG-01
  Rule: New behaviour is behind a flag with a safe default

    @declared
    Scenario: New behaviour can be switched off
      Given at least one application
      Then the system asks for feature flags through the standard interface

    @declared
    Scenario: Silence of the flag service changes nothing
      Given at least one evaluation of a flag
      Then every evaluation of a flag has a safe default

    @declared
    Scenario: What a release exposes is behind a flag
      Given at least one change of a flag
      Then every change of a flag concerns one that the code asks for
