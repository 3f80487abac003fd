@observability
Feature: Somebody is told before users complain

  @OBS-03
  Rule: Alarms watch each service and its database, treat missing data knowingly and notify someone

    @declared
    Scenario: Users meet errors
      Given at least one service
      Then every service has an alarm on its error rate

    @declared
    Scenario: Users wait
      Given at least one service
      Then every service has an alarm on its latency

    @declared
    Scenario: Tasks fail their health check
      Given at least one service
      Then every service has an alarm on its unhealthy targets

    @declared
    Scenario: Tasks run short of CPU or memory
      Given at least one service
      Then every service has an alarm on its CPU
      And every service has an alarm on its memory

    @declared
    Scenario: The database runs short
      Given at least one database
      Then every database has an alarm on its CPU
      And every database has an alarm on its storage
      And every database has an alarm on its connections

  @OBS-04
  Rule: The notification topic has a subscriber and is encrypted

    @declared
    Scenario: Notifications reach somebody
      Given at least one notification topic
      Then every notification topic has a subscriber

    @declared
    Scenario: Notifications at rest are encrypted
      Given at least one notification topic
      Then every notification topic is encrypted
