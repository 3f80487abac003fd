@delegate
Feature: The delegate acts under a role that can deploy, and nothing else

  @DLG-03
  Rule: The delegate acts through its own limited role

    @declared
    Scenario: The delegate has its own role
      Given at least one delegate
      Then every delegate works under a role of its own

    @declared
    Scenario: No static key can leak from the delegate
      Given at least one delegate
      Then every delegate is free of static access keys

    @declared
    Scenario: Whoever takes over the delegate can only deploy
      Given at least one delegate
      Then every delegate may change only what a deployment changes

    @declared
    Scenario: The delegate cannot borrow rights from a stronger role
      Given at least one delegate
      Then every delegate can pass on only the roles of tasks
