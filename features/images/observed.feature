@images
Feature: What runs in a container
  A container is started as an orchestrator would start it, with no right that it does not need, and
  looked at from outside and inside.

  @IMG-02
  Rule: Images stay within their size budget

    @observed
    Scenario: The backend's image is small
      Given at least one built image
      Then every image of a backend stays within its budget

    @observed
    Scenario: The frontend's image is small
      Given at least one built image
      Then every image of a frontend stays within its budget

  @IMG-03
  Rule: Images run as a numeric non-root user on a read-only file system

    @observed
    Scenario: The process is not root
      Given at least one started container
      Then every container runs as another user than root

    @observed
    Scenario: Nothing needs to be written to the root file system
      Given at least one started container
      Then every container runs on a read-only root file system

  @IMG-06
  Rule: Images are healthy by their own check and stop on SIGTERM

    @observed
    Scenario: The health check passes
      Given at least one started container
      Then every container becomes healthy

    @observed
    Scenario: The container stops when it is asked to
      Given at least one started container
      Then every container stops on SIGTERM in time

  @IMG-07
  Rule: The running container holds and opens nothing beyond its need

    @observed
    Scenario: Nothing lends the rights of root
      Given at least one started container
      Then no container holds a setuid file

    @observed
    Scenario: Nothing tells what was typed
      Given at least one started container
      Then no container holds the history of a shell

    @observed
    Scenario: Nothing is there to build with
      Given at least one started container
      Then no container holds a compiler

    @observed
    Scenario: Only volumes can be written
      Given at least one started container
      Then every container may write to its declared volumes only

    @observed
    Scenario: Only the declared port is open
      Given at least one started container
      Then every container listens on its declared port only
