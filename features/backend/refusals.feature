@backend
Feature: How the API refuses
  Operations and addresses are sent what no client should send, some of it never to its end. What
  guards a response must be there whatever the answer is.

  @API-06
  Rule: Bad input gets a problem document, and size and rate are limited

    @observed
    Scenario: The status says what is wrong
      Given at least one bad input
      Then every bad input gets the status that says what is wrong

    @observed
    Scenario: A refusal is a problem document
      Given at least one bad input
      Then every refusal of a bad input is a problem document

    @observed
    Scenario: Nothing inside is shown
      Given at least one bad input
      Then no answer to a bad input shows what is inside

    @observed
    Scenario: Size is limited
      Given tokens to look at the API with
      And at least one bad input
      Then every input with "huge body" is refused as too much

    @observed
    Scenario: Rate is limited
      Given a rate that may be exceeded to look at the API with
      And at least one bad input
      Then every input with "too many requests" is refused as too much
      And whoever asks too often is told when to come again

    @observed
    Scenario: Time is limited
      Given at least one way of being slow
      Then others are answered while clients are slow
      And every slow client is sent away in time

  @API-07
  Rule: Responses carry security headers and no banner

    @observed
    Scenario: Security headers are there
      Given at least one bad input
      Then the security headers are there for every bad input

    @observed
    Scenario: Security headers are there when all is well
      Given at least one good answer
      Then the security headers are there for every good answer

    @observed
    Scenario: Security headers come with pages
      Given at least one delivered page
      Then the security headers are there for every delivered page

    @observed
    Scenario: The software stays unnamed
      Given at least one bad input
      Then no software is named for any bad input

    @observed
    Scenario: The software stays unnamed when all is well
      Given at least one good answer
      Then no software is named for any good answer

    @observed
    Scenario: The software stays unnamed with pages
      Given at least one delivered page
      Then no software is named for any delivered page
