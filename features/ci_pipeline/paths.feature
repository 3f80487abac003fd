@ci_pipeline
Feature: Nothing is published but what has passed
  An image in the registry is trusted by whatever deploys it: each way into the registry leads
  through the tests of its code and a scan of the very image.

  @CIP-02
  Rule: Nothing is published before its tests and scans have passed, on any path

    @declared
    Scenario: Images are published after their tests
      Given at least one published image
      Then every published image has passed its tests before, on every path

    @declared
    Scenario: Images are published after their scans
      Given at least one published image
      Then every published image has passed a scan before, on every path
      And every CI pipeline shows what it publishes

  @CIP-06
  Rule: No failure is ignored on the way to publishing

    @declared
    Scenario: Failures are heeded
      Given at least one publishing pipeline
      Then every publishing pipeline heeds each failure before it publishes

    @declared
    Scenario: Checks are not skipped
      Given at least one publishing pipeline
      Then every publishing pipeline skips no check before it publishes

    @declared
    Scenario: Steps end
      Given at least one publishing pipeline
      Then every publishing pipeline bounds each step before it publishes
