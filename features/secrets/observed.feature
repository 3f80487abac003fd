@secrets
Feature: Secrets do not show
  Secrets are planted where clients send them, and searched for wherever the system shows something,
  together with everything in the form of a credential.

  @SEC-06
  Rule: Secrets do not show from outside

    @observed
    Scenario: Responses keep secrets
      Given at least one visible place
      Then no secret shows in responses

    @observed
    Scenario: Health pages keep secrets
      Given at least one visible place
      Then no secret shows in health and status pages

    @observed
    Scenario: Metrics keep secrets
      Given metrics to listen to
      And at least one visible place
      Then no secret shows in metrics

    @observed
    Scenario: Logs keep secrets
      Given logs to listen to
      And at least one visible place
      Then no secret shows in logs

    @observed
    Scenario: Traces keep secrets
      Given traces to listen to
      And at least one visible place
      Then no secret shows in traces
