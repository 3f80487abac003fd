@frontend
Feature: What people meet in a browser
  The source of the pages is read. Each page that the description names is opened in a real browser:
  on a desktop and on a phone, with and without scripts, with and without a network, and while the
  API is in trouble.

  @WEB-01
  Rule: Pages are statically generated

    @declared
    Scenario: Pages do not wait for a request
      Given at least one page of the source
      Then every page can be generated when it is built

    @declared
    Scenario: Pages that stand for many are generated for each
      Given at least one page of the source
      Then every page says which values its path takes

    @observed
    Scenario: Content does not wait for scripts
      Given at least one page
      Then every page holds its content before any script runs

    @observed
    Scenario: A page says what it is without scripts
      Given at least one page
      Then every page has its title and heading before any script runs

  @WEB-02
  Rule: The frontend works through the API and shows its failures understandably

    @observed
    Scenario: Pages read through the API
      Given at least one reading of a page
      Then every reading of a page is answered by the API

    @observed
    Scenario: People write through the API
      Given at least one journey
      Then every journey writes through the API

    @observed
    Scenario: Scripts do not break
      Given at least one page
      Then every page opens with no broken script

    @observed
    Scenario: A page says that it cannot ask the API
      Given at least one page in trouble
      Then every page in trouble tells of it understandably
      And every page in trouble stays readable

    @observed
    Scenario: A page gets over a trouble of the API
      Given at least one page in trouble
      Then every page gets over its trouble

    @observed
    Scenario: An action says that it was not done
      Given at least one action in trouble
      Then every action in trouble tells of it understandably
      And every action in trouble leaves the page readable

  @WEB-03
  Rule: Navigation happens in the client

    @observed
    Scenario: A link does not reload
      Given at least one link between pages
      Then every link is followed without a full reload

    @observed
    Scenario: Back and forward work
      Given at least one link between pages
      Then back and forward lead to the pages that were shown

    @observed
    Scenario: A deep link works
      Given at least one link between pages
      Then the address of every page can be opened on its own

  @WEB-04
  Rule: The frontend is a progressive web app

    @observed
    Scenario: It can be installed
      Given at least one site
      Then every site has a manifest
      And every site has true icons in all sizes
      And every site has a service worker

    @observed
    Scenario: It opens offline
      Given at least one site
      Then every site opens without a network

    @observed
    Scenario: A release arrives
      Given at least one site
      Then every site serves a newer release once it is opened again
      And every site tells who is there of a newer release

  @WEB-05
  Rule: A content security policy without unsafe inline script is enforced

    @observed
    Scenario: The policy forbids it
      Given at least one page
      Then the policy of every page forbids unsafe inline script

    @observed
    Scenario: A smuggled script does not run
      Given at least one page
      Then no page runs a script that was smuggled in

  @WEB-06
  Rule: The frontend is accessible

    @observed
    Scenario: Nothing serious is found
      Given at least one page on a screen
      Then no page has a serious accessibility violation

    @observed
    Scenario: Nothing serious is found where people act
      Given at least one journey
      Then no journey ends at a serious accessibility violation

    @observed
    Scenario: A keyboard is enough for every page
      Given at least one page on a screen
      Then every control is reached by keyboard
      And every control shows when it has the focus

    @observed
    Scenario: A keyboard is enough for what people do
      Given at least one journey by keyboard
      Then every journey can be walked by keyboard alone

    @observed
    Scenario: Nobody scrolls sideways
      Given at least one page on a screen
      Then every page fits the width of its screen

  @WEB-07
  Rule: The first page stays within its weight budget

    @observed
    Scenario: The first page is light
      Given at least one first page
      Then the first page stays within its weight budget

  @OBS-07
  Rule: A request can be followed through the system

    @observed
    Scenario: The browser begins the trace
      Given at least one request of a page
      Then every request of a page to the API carries a trace context

  @TST-03
  Rule: End-to-end tests drive a real browser through the load balancer

    @observed
    Scenario: People get what they came for
      Given at least one journey
      Then every journey is completed
