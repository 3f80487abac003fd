@registry
Feature: Repositories that hold exactly the images that were released
  What runs is what a tag names. So nobody else can push or pull, a tag never changes its meaning,
  and the image that runs, and the ones before it, are there when a task starts, in this region or
  in another.

  @ECR-01
  Rule: Repositories are private

    @declared
    Scenario: Nobody else reads or writes images
      Given at least one repository
      Then every repository lets in only principals of its own account

  @ECR-02
  Rule: Image tags are immutable

    @declared
    Scenario: A tag keeps meaning the same image
      Given at least one private repository
      Then every private repository has immutable tags

  @ECR-03
  Rule: Old images expire, needed ones never

    @declared
    Scenario: The lifecycle spares what a rollback needs
      Given at least one private repository
      Then every private repository expires old images and keeps the newest releases

  @ECR-04
  Rule: Images are replicated to another region

    @declared
    Scenario: Images survive the loss of a region
      Given at least one private repository
      Then every private repository is replicated to another region

  @ECR-05
  Rule: Images are scanned on push and encrypted with our own key

    @declared
    Scenario: A pushed image is scanned
      Given at least one private repository
      Then every private repository scans each push

    @declared
    Scenario: Stored images are encrypted with our own key
      Given at least one private repository
      Then every private repository is encrypted with a customer managed key
