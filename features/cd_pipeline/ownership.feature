@cd_pipeline
Feature: Terraform and the pipelines do not undo each other's work

  @CDP-08
  Rule: Each field has one writer

    @declared
    Scenario: No field has two writers
      Given at least one resource that deployments write
      Then every resource that deployments write has one writer for each field
