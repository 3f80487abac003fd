@observability
Feature: What the application tells of itself
  Requests are sent, good ones, refused ones and one that fails; then metrics, traces and logs are
  searched for what they left behind.

  @OBS-06
  Rule: The application publishes its own metrics

    @observed
    Scenario: Metrics have a standard format
      Given metrics to listen to
      And at least one page of metrics
      Then every page of metrics is in a standard format

    @observed
    Scenario: Requests are counted
      Given metrics to listen to
      And at least one page of metrics
      Then every page of metrics counts requests by route

    @observed
    Scenario: Errors are counted
      Given metrics to listen to
      And at least one page of metrics
      Then every page of metrics tells refused requests of a route from others

    @observed
    Scenario: Durations are measured
      Given metrics to listen to
      And at least one page of metrics
      Then every page of metrics measures durations by route

  @OBS-07
  Rule: A request can be followed through the system

    @observed
    Scenario: A trace is accepted and returned
      Given at least one followed request
      Then every followed request names its trace in the answer

    @observed
    Scenario: A trace is begun where there is none
      Given at least one followed request
      Then every request without a trace gets one

    @observed
    Scenario: A trace reaches the database
      Given traces to listen to
      And at least one followed request
      Then every followed request is seen down to the database

    @observed
    Scenario: A trace is passed on by every hop
      Given traces to listen to
      And logs to listen to
      And at least one followed request
      Then no hop of a followed request loses its trace

    @observed
    Scenario: A trace is found in the logs
      Given logs to listen to
      And at least one followed request
      Then every followed request is found in the logs by its trace

  @OBS-08
  Rule: Errors are tracked without personal data

    @observed
    Scenario: An error leaves a line that can be acted on
      Given a twin that fails to listen to
      And logs to listen to
      And at least one failed request
      Then every failed request leaves a line that tells level, trace, route and class of the error

    @observed
    Scenario: Personal data stay out of the log
      Given a twin that fails to listen to
      And logs to listen to
      And at least one failed request
      Then no line of a failed request holds personal data
