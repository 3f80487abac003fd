@delegate
Feature: The delegate proves who it is by a token that nobody reads
  Whoever holds the token can pose as a delegate and be handed the work of the pipelines.

  @DLG-04
  Rule: The delegate's token comes from a secret manager

    @declared
    Scenario: The token is handed over by reference
      Given at least one delegate
      Then every delegate takes its token from a secret manager
