@cd_pipeline
Feature: Who wrote a change sees what became of it

  @CDP-09
  Rule: The delivery reports its status back

    @declared
    Scenario: People hear how a delivery ended
      Given at least one CD pipeline
      Then every CD pipeline tells of its success
      And every CD pipeline tells of its failure

    @declared
    Scenario: A deployed commit carries that it was deployed
      Given at least one CD pipeline
      Then every CD pipeline marks what it deployed

    @declared
    Scenario: A commit that was not deployed carries that it was not
      Given at least one CD pipeline
      Then every CD pipeline marks what it could not deploy
