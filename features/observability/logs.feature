@observability
Feature: What containers say is kept, and nobody else can read it

  @OBS-01
  Rule: Every container logs to CloudWatch, in a group that exists, is encrypted and keeps its logs

    @declared
    Scenario: Nothing that a container says is lost
      Given at least one container
      Then every container logs to CloudWatch
      And every container logs to a group that is declared

    @declared
    Scenario: Logs at rest are readable with our key only
      Given at least one container
      Then every container's log group is encrypted with a key of our own

    @declared
    Scenario: Logs outlive the search for a cause
      Given at least one container
      Then every container's logs are kept as long as agreed

  @OBS-02
  Rule: Container insights are on

    @declared
    Scenario: Clusters measure tasks and containers
      Given at least one cluster
      Then every cluster has container insights
