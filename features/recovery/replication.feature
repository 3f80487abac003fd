@recovery
Feature: Copies that survive the loss of a region
  What exists in one region only is lost with it. Databases have backups elsewhere; objects and
  images are replicated while they are written.

  @DRY-05
  Rule: Objects and images are replicated to another region

    @declared
    Scenario: Objects survive the loss of a region
      Given at least one store of objects
      Then every store of objects has its copy in another region

    @declared
    Scenario: The images to start again from survive the loss of a region
      Given at least one private repository
      Then every private repository is replicated to another region
