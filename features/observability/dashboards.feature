@observability
Feature: One look shows how the system is

  @OBS-05
  Rule: A dashboard shows the system's state, and every widget refers to something that exists

    @declared
    Scenario: The signs of health are on a dashboard
      Given at least one dashboard
      Then the dashboards show traffic
      And the dashboards show errors
      And the dashboards show latency
      And the dashboards show saturation
      And the dashboards show the database
      And the dashboards show deployments
      And the dashboards show cost

    @declared
    Scenario: No widget is empty because what it shows is gone
      Given at least one dashboard
      Then every dashboard refers only to what exists
