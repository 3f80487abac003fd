@identity
Feature: Identities that can do their work and nothing else
  Whoever takes over a service, a pipeline or a person's session can do what its identity may do.
  So each has its own identity, no identity may do more than its work needs, and only the one that
  does the work can become it.

  @IAM-01
  Rule: Each service has roles of its own

    @declared
    Scenario: A service shares neither of its two roles
      Given at least one service with roles
      Then every service has an execution role and a task role of its own

  @IAM-02
  Rule: Policies grant no more than is needed

    @declared
    Scenario: No identity can do more than its work needs
      Given at least one identity
      Then every identity is granted no more than it needs

    @declared
    Scenario: No resource lets everybody in
      Given at least one policy of a resource
      Then every policy of a resource names whom it lets in

  @IAM-03
  Rule: Trust is narrow

    @declared
    Scenario: Only the intended principal can become a role
      Given at least one role
      Then every role trusts only the principal that uses it

  @IAM-04
  Rule: Service-linked roles are used where AWS offers one

    @declared
    Scenario: No hand-made role stands where AWS brings its own
      Given at least one place for a service-linked role
      Then every place for a service-linked role has that role

  @IAM-05
  Rule: Staging identities cannot change production

    @declared
    Scenario: Identities change only their own environment
      Given an environment that is not production
      And at least one identity
      Then every identity can change only what belongs to its environment
