@integrations
Feature: What the delivery can reach, only the delivery can reach

  @INT-03
  Rule: Connectors authenticate safely and are scoped

    @declared
    Scenario: No key can leak from a connector
      Given at least one connector
      Then every connector signs in by a role or by reference to a secret

    @declared
    Scenario: Connectors work from inside
      Given at least one connector
      Then every connector runs on delegates that it names

    @declared
    Scenario: Nobody else can use a connector
      Given at least one connector
      Then every connector belongs to what uses it

    @declared
    Scenario: The way into production leads nowhere else
      Given at least one connector
      Then every connector serves production or other environments
