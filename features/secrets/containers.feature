@secrets
Feature: Containers get secrets without anybody reading them on the way

  @SEC-04
  Rule: Containers receive secrets by reference, never as plain environment

    @declared
    Scenario: No plain setting is a secret
      Given at least one container
      Then every container gets its secrets by reference
