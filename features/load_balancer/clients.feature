@load_balancer
Feature: What clients find at the entrance
  Handshakes are tried with one version of TLS at a time, as old clients would try them; the
  certificate is taken as it is presented; and plain HTTP is asked for all kinds of things.

  @ALB-01
  Rule: HTTPS ends with modern TLS and a certificate that clients trust

    @observed
    Scenario: Clients get through with modern TLS
      Given at least one entrance
      Then every entrance speaks modern TLS

    @observed
    Scenario: A handshake with an old version is refused
      Given at least one handshake
      Then every handshake with an old version is refused

    @observed
    Scenario: Clients trust the certificate
      Given at least one entrance
      Then every entrance presents a certificate that clients trust

  @ALB-02
  Rule: Plain HTTP leads to HTTPS and nowhere else

    @observed
    Scenario: Whatever is asked over plain HTTP is sent to HTTPS
      Given at least one request over plain HTTP
      Then every request over plain HTTP is redirected to HTTPS

  @ALB-06
  Rule: The certificate fits the name and is not about to expire

    @observed
    Scenario: The certificate is for the name that clients ask for
      Given at least one served certificate
      Then every served certificate covers the served name

    @observed
    Scenario: The certificate does not expire soon
      Given at least one served certificate
      Then every served certificate remains valid
