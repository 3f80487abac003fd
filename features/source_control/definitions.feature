@source_control
Feature: A delivery can be rebuilt from the repository alone
  What exists only in an account is reviewed by nobody and comes back after no accident.

  @SRC-02
  Rule: Everything that takes part in a delivery is a file

    @declared
    Scenario: Nothing that a definition refers to is missing
      Given at least one delivery definition
      Then every delivery definition refers only to what the repository holds
