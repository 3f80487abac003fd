@secrets
Feature: Secrets of pipelines have one home

  @SEC-03
  Rule: The secret manager is AWS Secrets Manager through an assumed role

    @declared
    Scenario: Whoever reads secrets does so under a role
      Given at least one secret manager
      Then every secret manager is AWS Secrets Manager through an assumed role

    @declared
    Scenario: No secret lies in the store of the delivery product
      Given at least one pipeline secret
      Then every pipeline secret is kept in AWS Secrets Manager
