@cost
Feature: Capacity is bought as cheaply as its task allows

  @CST-01
  Rule: Fargate and Fargate Spot are mixed over a base that does not depend on Spot

    @declared
    Scenario: Clusters offer both kinds of capacity
      Given at least one cluster
      Then every cluster offers Fargate and Fargate Spot

    @declared
    Scenario: Services take a share of both
      Given at least one service
      Then every service mixes Fargate with Fargate Spot

    @declared
    Scenario: Spot running out leaves production its base
      Given a production environment
      And at least one service
      Then every service keeps a base that Spot cannot take away
