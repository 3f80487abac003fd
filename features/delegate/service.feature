@delegate
Feature: The delivery pipeline reaches the system through one guarded door

  @DLG-01
  Rule: The delegate is redundant, private, pinned, supported and on record

    @declared
    Scenario: Losing one replica leaves another
      Given at least one delegate
      Then every delegate runs as many replicas as agreed

    @declared
    Scenario: Nobody reaches the delegate from the internet
      Given at least one delegate
      Then every delegate is in private subnets only
      And every delegate has no public address

    @declared
    Scenario: The delegate changes only when we change it
      Given at least one delegate
      Then every delegate runs a pinned image

    @declared
    Scenario: The delegate's release is still supported
      Given at least one delegate
      Then every delegate runs a supported release

    @declared
    Scenario: What the delegate does can be read later
      Given at least one delegate
      Then every delegate logs to CloudWatch
