@network
Feature: Ways through the network are known, watched, and no more than needed
  A way is open when addresses, routes, ACLs and security groups all let it pass.

  @NET-10
  Rule: Calls to AWS services stay inside, through endpoints with policies

    @declared
    Scenario: Calls to AWS do not leave the VPC
      Given at least one VPC
      Then every VPC has endpoints for the agreed services

    @declared
    Scenario: No endpoint gives full access
      Given at least one VPC endpoint
      Then every VPC endpoint has a policy

  @NET-11
  Rule: Flow logs record all traffic of the VPC

    @declared
    Scenario: No traffic goes unrecorded
      Given at least one VPC
      Then every VPC is recorded by flow logs

  @NET-12
  Rule: The internet reaches only the load balancer, and only the backend reaches the database

    @declared
    Scenario: No way leads past the load balancer
      Given at least one party behind the load balancer
      Then nothing behind the load balancer is reached from the internet

    @declared
    Scenario: Only the backend reaches the database
      Given at least one database in the network
      Then every database is reached by the backend alone
