@backend
Feature: Who may do what through the API
  Every protected operation is called with tokens of every kind, and strangers reach for what others
  made.

  @API-04
  Rule: Protected operations need a valid token

    @observed
    Scenario: A valid token is known
      Given tokens to look at the API with
      And at least one protected operation
      Then every protected operation knows a valid token

    @observed
    Scenario: A request without a token is refused
      Given at least one protected operation
      Then every protected operation refuses the token "missing"

    @observed
    Scenario: A token that is none is refused
      Given at least one protected operation
      Then every protected operation refuses the token "malformed"

    @observed
    Scenario: A token that was altered is refused
      Given tokens to look at the API with
      And at least one protected operation
      Then every protected operation refuses the token "altered"

    @observed
    Scenario: A token without a signature is refused
      Given tokens to look at the API with
      And at least one protected operation
      Then every protected operation refuses the token "unsigned"

    @observed
    Scenario: A token that a stranger signed is refused
      Given an issuer of tokens to look at the API with
      And at least one protected operation
      Then every protected operation refuses the token "other_key"

    @observed
    Scenario: A token that brings its own key is refused
      Given an issuer of tokens to look at the API with
      And at least one protected operation
      Then every protected operation refuses the token "own_key"

    @observed
    Scenario: A token signed with the public key as a password is refused
      Given an issuer of tokens to look at the API with
      And at least one protected operation
      Then every protected operation refuses the token "confused_key"

    @observed
    Scenario: A token that has expired is refused
      Given an issuer of tokens to look at the API with
      And at least one protected operation
      Then every protected operation refuses the token "expired"

    @observed
    Scenario: A token for another service is refused
      Given an issuer of tokens to look at the API with
      And at least one protected operation
      Then every protected operation refuses the token "other_audience"

    @observed
    Scenario: A token of another issuer is refused
      Given an issuer of tokens to look at the API with
      And at least one protected operation
      Then every protected operation refuses the token "other_issuer"

  @API-05
  Rule: Callers act only within their role and on their own data

    @observed
    Scenario: A role opens its own operations only
      Given tokens to look at the API with
      And at least one operation of certain roles
      Then every operation of certain roles admits these only

    @observed
    Scenario: Owners see what they made
      Given tokens to look at the API with
      And at least one possession
      Then every possession is seen by its owner

    @observed
    Scenario: Strangers neither see nor change what others made
      Given tokens to look at the API with
      And at least one reach of a stranger
      Then no stranger sees or changes what somebody else owns
