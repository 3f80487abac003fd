@scaling
Feature: The number of tasks follows the load

  @SCL-01
  Rule: Each service scales on CPU and memory, between one task a zone and a stated maximum

    @declared
    Scenario: CPU under load brings more tasks
      Given at least one service
      Then every service tracks its CPU

    @declared
    Scenario: Memory under load brings more tasks
      Given at least one service
      Then every service tracks its memory

    @declared
    Scenario: Scaling in leaves each zone a task, scaling out has an end
      Given at least one service
      Then every service scales between one task for each zone and a maximum

  @SCL-02
  Rule: Each service also scales on requests per target

    @declared
    Scenario: Requests bring more tasks before the processors are hot
      Given at least one service
      Then every service tracks its requests per target
