@cost
Feature: Visibility of costs
  Who causes costs sees them, by system, environment, owner and cost centre, before the month is over.

  @CST-02
  Rule: Every resource carries the cost tags

    @declared
    Scenario: Resources are tagged
      Given at least one resource
      Then every resource carries the cost tags

    @declared
    Scenario: Tasks are tagged
      Given at least one service with tasks
      Then every service passes its tags on to its tasks

  @CST-03
  Rule: A budget and a billing alarm notify

    @declared
    Scenario: A budget looks back and ahead
      Then a budget notifies of actual and forecasted costs

    @declared
    Scenario: Charges raise an alarm
      Then an alarm on the estimated charges notifies

  @CST-06
  Rule: Cost data reaches where people look

    @declared
    Scenario: Costs can be broken down
      Then costs are broken down by the cost tags

    @declared
    Scenario: Costs are delivered
      Then cost data reaches the delivery platform

    @declared
    Scenario: Costs are shown
      Then a dashboard shows the costs
