@compute
Feature: Containers get what they need and no more

  @ECS-03
  Rule: Task definitions declare a valid size, limits that fit into it and a health check

    @declared
    Scenario: The size is one that Fargate offers
      Given at least one task definition
      Then every task definition has a size that Fargate offers

    @declared
    Scenario: No container can take the share of another
      Given at least one task definition
      Then every task definition limits each of its containers
      And every task definition is large enough for its containers

    @declared
    Scenario: A container that no longer works is noticed
      Given at least one task definition
      Then every task definition checks the health of its essential containers

  @ECS-04
  Rule: Containers run without privileges

    @declared
    Scenario: No container has the rights of its host
      Given at least one container
      Then every container is unprivileged

    @declared
    Scenario: No container keeps capabilities of the kernel
      Given at least one container
      Then every container drops all capabilities

    @declared
    Scenario: No container can change its own programs
      Given at least one container
      Then every container has a read-only root file system

    @declared
    Scenario: No process runs as root
      Given at least one container
      Then every container runs as an ordinary user

  @ECS-05
  Rule: Containers run images from the private registry by digest or immutable tag

    @declared
    Scenario: Images come from the private registry
      Given at least one container
      Then every container runs an image of the private registry

    @declared
    Scenario: The image that was tested is the image that runs
      Given at least one container
      Then every container names its image by digest or immutable tag
