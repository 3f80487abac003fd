@cd_pipeline
Feature: Nothing reaches production but by the way that was agreed
  A pipeline is a program. What matters is not which steps it has, but that no path goes round them.

  @CDP-03
  Rule: Production comes after staging, its integration tests and an approval, on every path

    @declared
    Scenario: Production comes after staging
      Given at least one pipeline to production
      Then every pipeline to production deploys to staging first, on every path

    @declared
    Scenario: Production comes after tests against staging
      Given at least one pipeline to production
      Then every pipeline to production tests the release in staging first, on every path

    @declared
    Scenario: Production comes after an approval
      Given at least one pipeline to production
      Then every pipeline to production asks for approval first, on every path

    @declared
    Scenario: What is started is what is proven
      Given at least one pipeline to production
      Then every pipeline to production is started with the definition that is proven here
