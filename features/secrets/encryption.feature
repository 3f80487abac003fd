@secrets
Feature: Secrets that stay secret, and do not stay the same
  A secret that leaked is worth only as long as it is valid, and only to those who can decrypt it.

  @SEC-05
  Rule: Secrets are encrypted with our own key, owned and rotated

    @declared
    Scenario: Only our own key decrypts a secret
      Given at least one secret
      Then every secret is encrypted with a customer managed key

    @declared
    Scenario: Somebody answers for a secret
      Given at least one secret
      Then every secret names its owner

    @declared
    Scenario: A leaked secret soon loses its worth
      Given at least one secret
      Then every secret is rotated in time
