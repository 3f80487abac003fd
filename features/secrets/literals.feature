@secrets
Feature: Credentials are written nowhere
  Whoever can read the repository, today or in its past, can read what is written there.

  @SEC-01
  Rule: No credential appears literally

    @declared
    Scenario: No file holds a credential
      Given at least one searched place
      Then no searched place holds a credential

    @declared
    Scenario: No commit ever added a credential
      Given at least one searched history
      Then no searched history holds a credential

    @declared
    Scenario: No default is a credential
      Then no input for a credential has a default
