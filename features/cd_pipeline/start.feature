@cd_pipeline
Feature: What was built is delivered without anybody asking for it

  @CDP-01
  Rule: A finished CI run triggers CD

    @declared
    Scenario: A published image starts its delivery
      Given at least one CI pipeline
      Then every CI pipeline is followed by a CD pipeline
