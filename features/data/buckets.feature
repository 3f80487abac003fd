@data
Feature: Buckets
  Objects are kept where nobody outside sees them, on the way as well as at rest, and not for ever.

  @DAT-08
  Rule: Buckets are private, encrypted, versioned, TLS-only and have a lifecycle

    @declared
    Scenario: Buckets are private
      Given at least one bucket
      Then every bucket is private

    @declared
    Scenario: Buckets are encrypted
      Given at least one bucket
      Then every bucket is encrypted

    @declared
    Scenario: Buckets keep earlier versions
      Given at least one bucket
      Then every bucket is versioned

    @declared
    Scenario: Buckets refuse plain connections
      Given at least one bucket
      Then every bucket is reached over TLS only

    @declared
    Scenario: Buckets do not grow for ever
      Given at least one bucket
      Then every bucket has a lifecycle
