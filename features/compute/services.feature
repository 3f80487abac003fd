@compute
Feature: Services run where nobody tends machines, and find each other by name
  A service that runs on instances needs somebody who patches them; an address that is written down
  is wrong as soon as a task is replaced.

  @ECS-01
  Rule: Services run on Fargate, on a current platform version

    @declared
    Scenario: No service needs machines of our own
      Given at least one service
      Then every service runs on Fargate

    @declared
    Scenario: No service is held on an old platform
      Given at least one service
      Then every service runs on a current platform version

  @ECS-02
  Rule: Services find each other through service discovery, not through addresses written down

    @declared
    Scenario: A service that takes calls is registered by name
      Given at least one service
      Then every service is found by name

    @declared
    Scenario: Settings name other services
      Given at least one service
      Then every service is told names instead of addresses

  @ECS-08
  Rule: Interactive exec is off in production, or is logged and encrypted

    @declared
    Scenario: Nobody enters a container unseen
      Given a production environment
      And at least one service
      Then every service keeps interactive sessions off or on record
