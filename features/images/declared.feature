@images
Feature: How images are declared
  What runs in production is what a Dockerfile says: nothing more than the application needs, always
  the same, under a user of its own.

  @IMG-01
  Rule: Images are built in stages and ship only what runs

    @declared
    Scenario: What builds stays behind
      Given at least one image definition
      Then every image is built in stages

    @declared
    Scenario: No compiler is shipped
      Given at least one image definition
      Then no image ships a compiler

    @declared
    Scenario: No package cache is shipped
      Given at least one image definition
      Then no image ships a package cache

    @declared
    Scenario: No test is shipped
      Given at least one image definition
      Then no image ships tests

  @IMG-02
  Rule: Images stay within their size budget

    @declared
    Scenario: Images start small
      Given at least one image definition
      Then every image starts from a slim base

  @IMG-03
  Rule: Images run as a numeric non-root user

    @declared
    Scenario: The user is a number that an orchestrator can check
      Given at least one image definition
      Then every image runs as a numeric user other than root

  @IMG-04
  Rule: Base images and dependencies are pinned

    @declared
    Scenario: Bases are pinned
      Given at least one image definition
      Then every image has pinned bases

    @declared
    Scenario: Dependencies are locked
      Given at least one image definition
      Then every image installs its dependencies from a lock file with hashes

    @declared
    Scenario: What is fetched is checked
      Given at least one image definition
      Then no image fetches anything without a checksum

  @IMG-05
  Rule: A source change reuses the dependency layer

    @declared
    Scenario: Dependencies come before the source
      Given at least one image definition
      Then every image installs its dependencies before it copies its source

  @IMG-06
  Rule: Images declare a health check and stop on SIGTERM

    @declared
    Scenario: Health is checked
      Given at least one image definition
      Then every image declares a health check

    @declared
    Scenario: The application hears that it must stop
      Given at least one image definition
      Then every image stops on SIGTERM
