@ci_pipeline
Feature: Everything that is delivered went through CI
  An application that CI forgets is delivered by hand, tested by nobody.

  @CIP-01
  Rule: CI carries both applications from checkout to published image and report

    @declared
    Scenario: Each application becomes an image in the registry
      Given at least one application
      Then every application has its code checked out by CI
      And every application has its image built by CI
      And every application has its image published to ECR by CI

    @declared
    Scenario: Each application is examined on the way
      Given at least one application
      Then every application has its unit tests run by CI
      And every application has its image scanned by CI
      And every application has the report of its tests published by CI

  @CIP-03
  Rule: Test steps publish the reports that their command writes

    @declared
    Scenario: Reports are found where tests write them
      Given at least one test run
      Then every test run publishes the reports that it writes

  @CIP-04
  Rule: A published image tag leads back to its commit

    @declared
    Scenario: A tag holds the commit
      Given at least one published image
      Then every published image leads back to its commit

    @declared
    Scenario: Tags do not move
      Given at least one published image
      Then every published image has no tag that moves

    @declared
    Scenario: The pipeline says what it published
      Given at least one published image
      Then every published image has its URL in an output of its pipeline

  @CIP-05
  Rule: Builds reuse layers and dependencies by lock file

    @declared
    Scenario: Layers are built once
      Given at least one image build
      Then every image build reuses layers

    @declared
    Scenario: Dependencies are fetched once for each lock file
      Given at least one application
      Then every application has its dependencies cached by its lock files

    @declared
    Scenario: No cache outlives its lock file
      Given at least one dependency cache
      Then every dependency cache follows lock files that exist
