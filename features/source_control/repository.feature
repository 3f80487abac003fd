@source_control
Feature: One repository tells how the system comes to be

  @SRC-01
  Rule: Every part is there, in its own place

    @declared
    Scenario: Applications, infrastructure, pipelines and tests are found where they should be
      Given at least one part of the repository
      Then every part of the repository has a place of its own
