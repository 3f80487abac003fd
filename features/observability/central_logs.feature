@observability
Feature: All logs are found in one place that nobody can change

  @OBS-09
  Rule: Application, audit, flow and access logs are brought together in one protected place

    @declared
    Scenario: No log stays where it was written
      Given at least one source of logs
      Then every source of logs ends in the central place

    @declared
    Scenario: Calls and connections are on record
      Given at least one source of logs
      Then audit and flow logs are written

    @declared
    Scenario: Nobody can tidy up after himself
      Given at least one source of logs
      Then the central place of logs is protected
