@load_balancer
Feature: The entrance is encrypted, strict, recorded and survives a zone

  @ALB-01
  Rule: HTTPS ends at the load balancer with modern TLS and a managed certificate

    @declared
    Scenario: The load balancer speaks HTTPS
      Given at least one load balancer
      Then every load balancer terminates TLS

    @declared
    Scenario: Old versions of TLS are refused
      Given at least one listener
      Then every listener for TLS refuses old versions

    @declared
    Scenario: No certificate has to be renewed by hand
      Given at least one listener
      Then every listener for TLS has a managed certificate

  @ALB-02
  Rule: Plain HTTP is only ever redirected to HTTPS

    @declared
    Scenario: A request over plain HTTP is sent to HTTPS
      Given at least one listener
      Then every listener for plain HTTP only redirects

  @ALB-05
  Rule: The load balancer drops malformed headers, resists deletion and logs access

    @declared
    Scenario: A malformed header does not reach the application
      Given at least one load balancer
      Then every load balancer drops malformed headers

    @declared
    Scenario: Production's load balancer is not deleted by accident
      Given a production environment
      And at least one load balancer
      Then every load balancer is protected against deletion

    @declared
    Scenario: Every request leaves a record
      Given at least one load balancer
      Then every load balancer writes access logs

  @HAV-02
  Rule: The load balancer serves in several zones

    @declared
    Scenario: Losing one zone leaves the entrance open
      Given at least one load balancer
      Then every load balancer serves in several zones
