@network
Feature: Everything accepts what it needs, and nothing else
  Who is a load balancer, a service or a database follows from what serves what, never from names.

  @NET-06
  Rule: The load balancer is the only thing that accepts traffic from the internet

    @declared
    Scenario: Nothing but the load balancer admits the internet
      Given at least one security group
      Then every security group admits the internet only at the load balancer

    @declared
    Scenario: The load balancer is open on the agreed ports only
      Given at least one load balancer
      Then every load balancer is open to the internet on the agreed ports only

  @NET-07
  Rule: Security groups form a chain from the internet to the database

    @declared
    Scenario: A hop accepts only the hop before it
      Given at least one task or database
      Then every task and database accepts only the hop before, on its port

    @declared
    Scenario: A hop is not cut off from the hop before it
      Given at least one task or database
      Then every task and database accepts the hop before

  @NET-08
  Rule: Egress is stated, the default security group is closed, the database opens nothing outward

    @declared
    Scenario: Nothing may call everything everywhere
      Given at least one security group
      Then every security group states its egress

    @declared
    Scenario: Whoever names no group gets a closed one
      Given at least one default security group
      Then every default security group is closed

    @declared
    Scenario: A database calls nobody
      Given at least one database in the network
      Then every database lets nothing out

  @NET-09
  Rule: Network ACLs guard the private subnets and agree with the security groups

    @declared
    Scenario: Private subnets are not left to the open default
      Given at least one private subnet
      Then every private subnet is guarded by a network ACL

    @declared
    Scenario: What the security groups open is not blocked, answers included
      Given at least one private subnet
      Then every private subnet lets the needed flows pass

    @declared
    Scenario: What nothing needs is not open
      Given at least one private subnet
      Then every private subnet lets nothing else pass
