@integrations
Feature: Nobody but the partner itself sets anything off
  The address of a webhook is no secret: it stands in logs, proxies and the settings of others.

  @INT-01
  Rule: Forged webhooks are refused

    @declared
    Scenario: A forged event starts no pipeline
      Given at least one webhook trigger
      Then every webhook trigger takes events only from a sender that knows a secret
