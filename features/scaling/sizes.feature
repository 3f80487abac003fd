@scaling
Feature: Sizes fit together at the largest moment
  The largest moment is a deployment of every service at its maximum scale, when the old and the new
  tasks stand side by side.

  @SCL-05
  Rule: Sizes are stated, and addresses, connections and quotas hold at maximum scale

    @declared
    Scenario: Tasks have a stated size
      Given at least one task definition
      Then every task definition states its size

    @declared
    Scenario: Databases have a stated size
      Given at least one database
      Then every database states its class

    @declared
    Scenario: There is an address for every task
      Given at least one service
      Then every service finds an address for each of its tasks

    @declared
    Scenario: There is a connection for every task
      Given at least one database
      Then every database accepts the connections of every task

    @declared
    Scenario: The account may run every task
      Given at least one service
      Then all services together stay within the quotas of Fargate
