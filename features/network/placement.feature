@network
Feature: What must not be reached stands where nothing leads to it
  A public subnet is one whose route table leads to an internet gateway; all others are private.

  @NET-01
  Rule: The system lives in its own VPC

    @declared
    Scenario: The VPC was made for the system
      Given at least one VPC
      Then every VPC is one of our own

    @declared
    Scenario: Nothing is left in a default VPC
      Given at least one network resident
      Then every network resident lies in a VPC of our own

  @NET-02
  Rule: There are public and private subnets in several zones

    @declared
    Scenario: Losing one zone leaves both kinds of subnet
      Given at least one VPC
      Then every VPC has public and private subnets in several zones

  @NET-03
  Rule: Tasks and databases are in private subnets and have no public address

    @declared
    Scenario: Tasks and databases stand in private subnets
      Given at least one task or database
      Then every task and database stands in private subnets only

    @declared
    Scenario: Tasks and databases have no public address
      Given at least one task or database
      Then every task and database is without a public address

  @NET-04
  Rule: Private subnets reach the internet only through NAT, each through that of its own zone

    @declared
    Scenario: Losing a zone takes no other zone's way out
      Given at least one private subnet
      Then every private subnet leaves through the NAT of its own zone

  @NET-05
  Rule: Only public subnets route to an internet gateway, and every subnet has an explicit route table

    @declared
    Scenario: No subnet gets its routes by accident
      Given at least one subnet
      Then every subnet has a route table of its own choice

    @declared
    Scenario: A way to the internet gateway serves nothing that is private
      Given at least one route table
      Then every route table keeps the internet gateway from tasks and databases
