@scanning
Feature: Nothing is published that a scanner would have stopped
  A scan that nobody waits for, or whose findings change nothing, is a report and no gate.

  @SCN-01
  Rule: Images are scanned before they are published

    @declared
    Scenario: A severe finding in an image keeps it from the registry
      Given at least one application
      Then every application is published only after a scan of its image found nothing severe

  @SCN-02
  Rule: Code quality is gated

    @declared
    Scenario: Code below the quality gate is not published
      Given at least one application
      Then every application is published only after it passed the quality gate

  @SCN-03
  Rule: Dependencies of both applications are scanned

    @declared
    Scenario: A severe finding in a dependency keeps the image from the registry
      Given at least one application
      Then every application is published only after a scan of its dependencies found nothing severe

  @SCN-04
  Rule: Static and dynamic analysis run

    @declared
    Scenario: Code is analysed before it is published
      Given at least one application
      Then every application is published only after a static analysis of its code

    @declared
    Scenario: What runs in staging is attacked before production
      Given at least one pipeline to production
      Then every pipeline to production passes a dynamic scan of staging first
