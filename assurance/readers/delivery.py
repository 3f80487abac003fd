"""The delivery as its definitions show it: every concept of it, read when it is asked for.

It belongs to a `View`, as the concepts of the infrastructure do.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from assurance.model.applications import Application
from assurance.model.aws_steps import AwsStep
from assurance.model.build_stages import BuildStage
from assurance.model.connectors import Connector, KeptSecret
from assurance.model.credential_uses import CredentialUses
from assurance.model.delivery_definitions import DeliveryDefinition
from assurance.model.deployed_images import DeployedImage
from assurance.model.governance import PolicySet
from assurance.model.notifications import AlarmTopic, Notifications
from assurance.model.ownership import WrittenResource
from assurance.model.pipelines import Pipeline
from assurance.model.repositories import Repository, RepositoryPart
from assurance.model.status_reports import StatusReport
from assurance.model.triggers import Trigger
from assurance.readers.applications import read_applications
from assurance.readers.aws_steps import read_aws_steps
from assurance.readers.build_stages import read_build_stages
from assurance.readers.connectors import read_connectors
from assurance.readers.credential_uses import read_credential_uses
from assurance.readers.delivery_definitions import read_delivery_definitions
from assurance.readers.delivery_pipelines import building, deploying
from assurance.readers.deployed_images import read_deployed_images
from assurance.readers.entities import Entities
from assurance.readers.governance import read_policy_sets
from assurance.readers.kept_secrets import read_kept_secrets
from assurance.readers.notifications import read_alarm_topics, read_notifications
from assurance.readers.ownership import read_ownership
from assurance.readers.recovery import recovering
from assurance.readers.releasing import read_releasing
from assurance.readers.repositories import read_parts, read_repository
from assurance.readers.status_reports import read_status_reports
from assurance.readers.triggers import read_triggers

if TYPE_CHECKING:
    from assurance.readers.view import View


class Delivery:
    """The definitions of Harness that one view holds."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def entities(self) -> Entities:
        """All definitions, to be found by reference."""
        return Entities(self._view.state)

    @cached_property
    def alarm_topics(self) -> tuple[AlarmTopic, ...]:
        """Topics that alarms notify, with how they reach people."""
        view = self._view
        return read_alarm_topics(view.alarms, view.observability.topics, view.state)

    @cached_property
    def applications(self) -> tuple[Application, ...]:
        """The applications that it delivers."""
        return read_applications(self._view.state)

    @cached_property
    def build_stages(self) -> tuple[BuildStage, ...]:
        """The stages that build."""
        return read_build_stages(self._view.pipelines)

    @cached_property
    def ci_pipelines(self) -> tuple[Pipeline, ...]:
        """Pipelines that build."""
        return building(self._view.pipelines)

    @cached_property
    def aws_steps(self) -> tuple[AwsStep, ...]:
        """Steps that reach into AWS."""
        view = self._view
        return read_aws_steps(view.pipelines, view.state, self.entities, self.connectors)

    @cached_property
    def cd_pipelines(self) -> tuple[Pipeline, ...]:
        """Pipelines that deploy."""
        return deploying(self._view.pipelines)

    @cached_property
    def connectors(self) -> tuple[Connector, ...]:
        """How the delivery signs in to everything else."""
        return read_connectors(self._view.state, self.entities)

    @cached_property
    def credential_uses(self) -> tuple[CredentialUses, ...]:
        """What definitions do with credentials."""
        return read_credential_uses(self._view.state, self.entities)

    @cached_property
    def definitions(self) -> tuple[DeliveryDefinition, ...]:
        """Definitions with what they refer to."""
        return read_delivery_definitions(self._view.state, self.entities)

    @cached_property
    def deployed_images(self) -> tuple[DeployedImage, ...]:
        """The images that stages deploy."""
        return read_deployed_images(self._view.pipelines, self.entities, self._view.state)

    @cached_property
    def kept_secrets(self) -> tuple[KeptSecret, ...]:
        """Where the secrets of pipelines are kept."""
        return read_kept_secrets(self._view.state, self.entities)

    @cached_property
    def notifications(self) -> Notifications:
        """Whom pipelines tell what."""
        return read_notifications(self._view.pipelines, self._view.state)

    @cached_property
    def ownership(self) -> tuple[WrittenResource, ...]:
        """Resources of Terraform of which others write fields as well."""
        view = self._view
        return read_ownership(view.state, read_releasing(view.pipelines, view.state))

    @cached_property
    def policy_sets(self) -> tuple[PolicySet, ...]:
        """Policy sets that Terraform makes in Harness."""
        return read_policy_sets(self._view.state)

    @cached_property
    def recovery_pipelines(self) -> tuple[Pipeline, ...]:
        """Pipelines that bring an earlier release back."""
        return recovering(self._view.pipelines)

    @cached_property
    def repository(self) -> Repository:
        """The files that the repository keeps."""
        return read_repository(self._view.state)

    @cached_property
    def repository_parts(self) -> tuple[RepositoryPart, ...]:
        """The parts of the system with their places in the repository."""
        return read_parts(self._view.state)

    @cached_property
    def status_reports(self) -> tuple[StatusReport, ...]:
        """Steps that report a status elsewhere."""
        return read_status_reports(self._view.pipelines)

    @cached_property
    def triggers(self) -> tuple[Trigger, ...]:
        """What starts pipelines."""
        return read_triggers(self._view.state, self.entities)
