@secrets
Feature: Pipelines use credentials without ever showing them
  What a log, a tag or a message once held is known to everybody who ever reads it.

  @SEC-02
  Rule: Credentials come from the secret manager and go nowhere else

    @declared
    Scenario: No definition holds a credential
      Given at least one pipeline
      Then every definition that may hold credentials takes them from the secret manager

    @declared
    Scenario: No run shows a credential
      Given at least one pipeline
      Then every definition that may hold credentials shows none
