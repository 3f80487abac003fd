@compute
Feature: Tasks stop without losing a request
  ECS first takes a task out of its target groups and waits until they have let it go, then sends
  SIGTERM, then kills what has not ended when the stop timeout is over.

  @ECS-07
  Rule: Stop timeout, deregistration delay and drain time are coherent

    @declared
    Scenario: No process is killed while it drains
      Given at least one service
      Then every service gives its containers time to drain

    @declared
    Scenario: The load balancer waits for requests in flight
      Given at least one service
      Then every service is released by its target groups only after it drained

    @declared
    Scenario: A task on Spot can leave within the notice that Spot gives
      Given at least one service
      Then every service on Spot leaves its target groups and stops within the notice
