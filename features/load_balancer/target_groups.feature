@load_balancer
Feature: Traffic goes to tasks that live, of the version that was meant

  @ALB-03
  Rule: Target groups register tasks by address and detect a dead one in time

    @declared
    Scenario: Tasks are registered by their own address
      Given at least one target group
      Then every target group registers addresses

    @declared
    Scenario: Health is asked of the application
      Given at least one target group
      Then every target group checks the application's health endpoint

    @declared
    Scenario: A dead task is found in time
      Given at least one target group
      Then every target group detects a dead task in time

  @ALB-07
  Rule: Each service has two target groups

    @declared
    Scenario: A new version can be verified before it takes traffic
      Given at least one service in the network
      Then every service has a second target group for the next version
