@scaling
Feature: Static assets are served at the edge, and only there

  @SCL-04
  Rule: Static assets come from a CDN over TLS, and the origin is reached only through it

    @declared
    Scenario: Assets are served over TLS
      Given at least one distribution
      Then every distribution delivers over TLS

    @declared
    Scenario: Old versions of TLS are refused at the edge
      Given at least one distribution
      Then every distribution refuses old versions of TLS

    @declared
    Scenario: No way leads past the edge
      Given at least one distribution
      Then every distribution hides its origins
