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

    @observed
    Scenario: Flags are decided by a flag service
      Given traces to see flags in
      And evaluations to see flags in
      And at least one seen evaluation of a flag
      Then every seen evaluation of a flag is decided by its service

    @observed
    Scenario: Flags fall back where their service is away
      Given traces to see flags in
      And an instance without the flag service to see flags in
      And evaluations to see flags in
      And at least one seen evaluation of a flag
      Then every seen evaluation of a flag takes a safe default without its service

    @observed
    Scenario: Nothing else fails where the flag service is away
      Given an instance without the flag service to see flags in
      And at least one request without the flag service
      Then every request without the flag service is answered as ever
