@cd_pipeline
Feature: What was tested is released, knowingly, and judged where it runs
  Production gets the image that staging had, because somebody said so, and goes back where it fails.

  @CDP-02
  Rule: The artifact that CI published is the one deployed everywhere

    @declared
    Scenario: Images come from the registry
      Given at least one deployed image
      Then every deployed image comes from ECR, where CI published it

    @declared
    Scenario: Production gets what staging got
      Given at least one deployed image
      Then every deployed image in production has the reference that staging got

    @declared
    Scenario: A delivery builds nothing
      Given at least one pipeline to production
      Then every pipeline to production builds nothing

  @CDP-04
  Rule: The approval is a real gate

    @declared
    Scenario: Somebody else decides
      Given at least one approval
      Then every approval asks a named group
      And every approval asks as many people as agreed
      And every approval excludes who runs the pipeline

    @declared
    Scenario: Silence is no approval
      Given at least one approval
      Then every approval waits for people
      And every approval expires

    @declared
    Scenario: The approver knows what for
      Given at least one approval
      Then every approval shows what is being released

  @CDP-05
  Rule: This suite verifies production after its deployment and can stop the release

    @declared
    Scenario: Production is judged after it was changed
      Given at least one pipeline to production
      Then every pipeline to production verifies it with this suite afterwards

    @declared
    Scenario: The verdict decides what happens next
      Given at least one pipeline to production
      Then every pipeline to production rolls back where the suite finds a failure
      And every pipeline to production asks people where the suite cannot decide
      And every pipeline to production aborts where the suite was called wrongly
