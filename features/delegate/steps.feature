@delegate
Feature: Nothing reaches into AWS but from a known place

  @DLG-02
  Rule: Steps that touch AWS run through a selected delegate

    @declared
    Scenario: No delegate that happens to be free reaches into AWS
      Given at least one step that reaches into AWS
      Then every step that reaches into AWS runs on a selected delegate

    @declared
    Scenario: No step runs on the delegate of another environment
      Given at least one step that reaches into AWS
      Then every step that reaches into AWS runs where its connectors are meant to
