@backend
Feature: What the API does for its clients
  A generator makes requests from the description of the API that it serves itself, and probes ask
  for its health with and without its database.

  @API-01
  Rule: The API satisfies its OpenAPI document

    @declared
    Scenario: The description of the API is kept with the source
      Given at least one application
      Then every application that is a backend keeps a valid description of its API

    @observed
    Scenario: The document is served and valid
      Given at least one served document
      Then every served document is valid OpenAPI

    @observed
    Scenario: Every operation is there
      Given at least one operation
      Then every operation answers the requests that its description allows and forbids

    @observed
    Scenario: Every operation does what it is for
      Given at least one operation
      Then every operation is seen to succeed

    @observed
    Scenario: Every status is announced
      Given at least one operation
      Then every operation answers with an announced status

    @observed
    Scenario: Every schema is kept
      Given at least one operation
      Then every operation answers as its schemas say

  @API-02
  Rule: Liveness and readiness are separate

    @observed
    Scenario: A backend with its database is live and ready
      Given the backend itself to look at the API with
      And at least one probe of health
      Then the liveness of the backend says that it lives
      And the readiness of the backend says that it is ready

    @observed
    Scenario: A backend without its database is live and not ready
      Given a twin without its database to look at the API with
      And at least one probe of health
      Then the liveness of the twin says that it lives
      And the readiness of the twin says that it is not ready

  @API-03
  Rule: Database connections are pooled, bounded, encrypted and recover

    @declared
    Scenario: Pools are bounded
      Given at least one database pool
      Then every database pool is bounded

    @declared
    Scenario: Nothing waits for ever
      Given at least one database pool
      Then every database pool is limited in time

    @declared
    Scenario: Dead connections are noticed
      Given at least one database pool
      Then every database pool notices dead connections

    @declared
    Scenario: Connections are encrypted
      Given at least one database pool
      Then every database pool encrypts its connections

    @observed
    Scenario: Many requests at once are served or told to come again
      Given at least one burst of requests
      Then every burst of requests is answered, or told to come again
      And no request of a burst waits longer than the limit

    @observed
    Scenario: Many requests at once stay within the pool
      Given metrics of the pool to look at the API with
      And at least one burst of requests
      Then no burst of requests takes more connections than the pool holds
