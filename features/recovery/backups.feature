@recovery
Feature: Backups
  What a region or an account loses can be brought back from another one.

  @DRY-01
  Rule: Backups are copied to another region or account

    @declared
    Scenario: Backups need nobody to make them
      Given at least one database
      Then every database is backed up automatically

    @declared
    Scenario: Backups outlive the region
      Given at least one database
      Then every database has an encrypted copy of its backups elsewhere
