@data
Feature: Databases
  What the system knows is kept in a database that AWS runs, that nobody outside reaches, and that
  can be restored.

  @DAT-01
  Rule: Data lives in a private, supported, managed database

    @declared
    Scenario: There is a managed database
      Then the data lives in a managed database

    @declared
    Scenario: Engines and versions are the agreed ones
      Given at least one database
      Then every database runs an agreed engine
      And every database runs a supported version

    @declared
    Scenario: Databases are private
      Given at least one database
      Then no database has a public address

  @DAT-02
  Rule: Backups are automatic and reach back far enough

    @declared
    Scenario: Backups are kept everywhere
      Given at least one database
      Then every database keeps its backups as long as agreed

    @declared
    Scenario: Backups are kept longer in production
      Given a production environment
      And at least one database
      Then every database keeps its backups as long as agreed for production

  @DAT-03
  Rule: The database spans zones in production

    @declared
    Scenario: A standby waits in another zone
      Given a production environment
      And at least one database
      Then every database spans zones

  @DAT-04
  Rule: Data is encrypted at rest with a key of our own

    @declared
    Scenario: Storage and snapshots are encrypted
      Given at least one database
      Then every database encrypts its storage with a customer managed key

    @declared
    Scenario: Performance data is encrypted
      Given at least one database
      Then every database encrypts its performance data with a customer managed key

    @declared
    Scenario: Recovery points are encrypted
      Given at least one backup vault
      Then every backup vault encrypts its recovery points with a customer managed key

  @DAT-05
  Rule: Connections must be encrypted

    @declared
    Scenario: A plain connection is refused
      Given at least one database
      Then every database refuses plain connections

  @DAT-06
  Rule: The master password is managed, and the application has a lesser role

    @declared
    Scenario: The master password is managed and rotated
      Given at least one database
      Then every database has its master password kept and rotated by Secrets Manager

    @declared
    Scenario: Applications sign in as themselves
      Given at least one database
      Then applications sign in to every database as a role of their own

    # What a role may do is kept in the database; only where its grants are declared can they be read.
    @declared
    Scenario: Declared grants leave the schema alone
      Then no grant in a database lets its role change the schema

  @DAT-07
  Rule: The database resists deletion and leaves a final snapshot

    @declared
    Scenario: Deletion is refused
      Given at least one database
      Then every database resists deletion

    @declared
    Scenario: The last state is kept
      Given at least one database
      Then every database leaves a final snapshot
