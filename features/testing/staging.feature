@testing
Feature: What reaches production was tried where it runs
  Unit tests know nothing of networks, roles and databases; staging does.

  @TST-02
  Rule: Integration tests run against staging in CD

    @declared
    Scenario: A release that fails in staging stays there
      Given at least one pipeline to production
      Then every pipeline to production passes integration tests against staging first

  @TST-03
  Rule: End-to-end tests drive a real browser through the load balancer

    @declared
    Scenario: Somebody's way through the pages was tried in a browser
      Given at least one pipeline to production
      Then every pipeline to production passes tests in a browser through staging's address first
