@audit
Feature: A record of what happened that nobody can change
  After an incident, and for every auditor, the question is who did what and when. The answer is
  recorded everywhere, kept where nobody can delete it, and somebody watches while it happens.

  @AUD-01
  Rule: A multi-region trail is logging, validated and encrypted

    @declared
    Scenario: Every call of the management interface is on record
      Given at least one trail
      Then a trail records the management events of all regions

  @AUD-02
  Rule: The trail's bucket is private, versioned and refuses deletion

    @declared
    Scenario: The record cannot be read, changed or deleted by others
      Given at least one trail
      Then every trail is kept in a private bucket that refuses deletion

  @AUD-04
  Rule: Compliance and threats are watched continuously

    @declared
    Scenario: Every change of a configuration is recorded
      Then the configuration of the account is recorded continuously

    @declared
    Scenario: Threats raise a finding
      Then the account is watched for threats
