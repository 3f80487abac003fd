@scaling
Feature: Read replicas
  Reads grow faster than writes, so something beside the writer can serve them.

  @SCL-03
  Rule: Reads can be served by a replica

    @declared
    Scenario: Reads have another place to go
      Given at least one database
      Then reads of every database can be served elsewhere
