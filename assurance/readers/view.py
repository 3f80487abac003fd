"""The system as one layer of one environment shows it: every concept, read when it is asked for."""

from __future__ import annotations

from functools import cached_property

from assurance.model.alarms import Alarms
from assurance.model.api import Api
from assurance.model.audit import Audit
from assurance.model.backups import Backups
from assurance.model.buckets import Buckets
from assurance.model.built_images import BuiltImages
from assurance.model.central_logs import CentralLogs
from assurance.model.code import Code
from assurance.model.costs import Costs
from assurance.model.dashboards import Dashboards
from assurance.model.databases import Databases
from assurance.model.definitions import Definitions
from assurance.model.delegates import Delegates
from assurance.model.distributions import Distribution
from assurance.model.entrances import Entrances
from assurance.model.environments import Environment
from assurance.model.flag_evaluations import FlagsInUse
from assurance.model.identities import Identities
from assurance.model.image_definitions import ImageDefinition
from assurance.model.judgements import Layer
from assurance.model.observability import Observability
from assurance.model.origins import Origins
from assurance.model.parties import Parties
from assurance.model.pipelines import Pipeline
from assurance.model.registries import Registries
from assurance.model.replication import Replication
from assurance.model.scaling import Scaling
from assurance.model.scans import Scans
from assurance.model.secrets import Secrets
from assurance.model.services import Services
from assurance.model.tags import Tagged, TaskTags
from assurance.model.telemetry import Telemetry
from assurance.readers.alarms import read_alarms
from assurance.readers.api import read_api
from assurance.readers.audit import read_audit
from assurance.readers.backups import read_backups
from assurance.readers.buckets import read_buckets
from assurance.readers.built_images import read_built_images
from assurance.readers.central_logs import read_central_logs
from assurance.readers.code import read_code
from assurance.readers.costs import read_costs
from assurance.readers.dashboards import read_dashboards
from assurance.readers.databases import read_databases
from assurance.readers.definitions import read_definitions
from assurance.readers.delegates import read_delegates
from assurance.readers.delivery import Delivery
from assurance.readers.distributions import read_distributions
from assurance.readers.entrances import read_entrances
from assurance.readers.flag_evaluations import read_flag_evaluations
from assurance.readers.identities import read_identities
from assurance.readers.image_definitions import read_image_definitions
from assurance.readers.kinds import Judged, Kind
from assurance.readers.load_balancers import LoadBalancerReading, read_load_balancers
from assurance.readers.logins import Accounts
from assurance.readers.networks import NetworkReading, read_networks
from assurance.readers.observability import read_observability
from assurance.readers.origins import read_origins
from assurance.readers.parties import read_parties
from assurance.readers.pipelines import read_pipelines
from assurance.readers.registries import read_registries
from assurance.readers.replication import read_replication
from assurance.readers.scaling import read_scaling
from assurance.readers.scans import read_scans
from assurance.readers.secrets import read_secrets
from assurance.readers.services import read_services
from assurance.readers.state import State
from assurance.readers.tags import read_tags, read_task_tags
from assurance.readers.telemetry import read_telemetry


class View:
    """One environment at one layer.

    Every concept is a cached property that calls its reader, so a scenario pays only for what it
    speaks of.
    """

    state: State

    def __init__(self, *, environment: Environment, layer: Layer, state: State) -> None:
        self.environment = environment
        self.layer = layer
        self.state = state
        self._populations: dict[str, tuple[Judged, ...]] = {}

    def population(self, kind: Kind) -> tuple[Judged, ...]:
        """Return the records of a kind."""
        if kind.noun not in self._populations:
            self._populations[kind.noun] = kind.population(self)
        return self._populations[kind.noun]

    # One cached property a concept, in alphabetical order.

    @cached_property
    def alarms(self) -> Alarms:
        """Alarms and what they watch."""
        return read_alarms(self.state)

    @cached_property
    def api(self) -> Api:
        """What clients of the API saw."""
        return read_api(self.state)

    @cached_property
    def audit(self) -> Audit:
        """Trails, configuration recorders and threat detectors."""
        return read_audit(self.state, self.buckets)

    @cached_property
    def central_logs(self) -> CentralLogs:
        """Logs of every kind and where they end up."""
        return read_central_logs(self.state, self.services, self.buckets)

    @cached_property
    def backups(self) -> Backups:
        """Backup plans, and copies of backups elsewhere."""
        return read_backups(self.state)

    @cached_property
    def buckets(self) -> Buckets:
        """Buckets with what is set on them."""
        return read_buckets(self.state)

    @cached_property
    def code(self) -> Code:
        """Roots, modules, and what they keep."""
        return read_code(self.state)

    @cached_property
    def costs(self) -> Costs:
        """Budgets, billing alarms, commitments and cost data."""
        return read_costs(self.state, self.identities)

    @cached_property
    def dashboards(self) -> Dashboards:
        """Dashboards and what they show."""
        return read_dashboards(self.state)

    @cached_property
    def databases(self) -> Databases:
        """Instances, clusters and tables, and who signs in to them."""
        return read_databases(
            self.state, Accounts(identities=self.identities, services=self.services)
        )

    @cached_property
    def definitions(self) -> Definitions:
        """Definitions of Harness as they are written."""
        return read_definitions(self.state, self.delivery.entities)

    @cached_property
    def delegates(self) -> Delegates:
        """The services that run a delegate."""
        return read_delegates(self.services)

    @cached_property
    def delivery(self) -> Delivery:
        """The definitions of Harness: triggers, connectors, secrets, notifications."""
        return Delivery(self)

    @cached_property
    def distributions(self) -> tuple[Distribution, ...]:
        """Distributions of the content delivery network."""
        return read_distributions(self.state, self.load_balancers)

    @cached_property
    def entrances(self) -> Entrances:
        """What clients find at the entrance."""
        return read_entrances(self.state)

    @cached_property
    def flag_evaluations(self) -> FlagsInUse:
        """What is seen of feature flags from outside."""
        return read_flag_evaluations(self.state)

    @cached_property
    def identities(self) -> Identities:
        """Roles, users and groups, their policies, and who may take them."""
        return read_identities(self.state)

    @cached_property
    def image_definitions(self) -> tuple[ImageDefinition, ...]:
        """What images are declared to be made of."""
        return read_image_definitions(self.state)

    @cached_property
    def built_images(self) -> BuiltImages:
        """Built images and containers started from them."""
        return read_built_images(self.state)

    @cached_property
    def load_balancers(self) -> LoadBalancerReading:
        """Load balancers, listeners and target groups."""
        return read_load_balancers(self.state, self.networks)

    @cached_property
    def networks(self) -> NetworkReading:
        """VPCs, subnets, routes, filters, gateways and endpoints."""
        return read_networks(self.state)

    @cached_property
    def observability(self) -> Observability:
        """Log groups and notification topics."""
        return read_observability(self.state)

    @cached_property
    def origins(self) -> Origins:
        """Where what services depend on comes from."""
        return read_origins(self.state)

    @cached_property
    def parties(self) -> Parties:
        """Everything with network interfaces, by the role it plays."""
        return read_parties(self.state, self.networks, self.load_balancers)

    @cached_property
    def pipelines(self) -> tuple[Pipeline, ...]:
        """Pipelines as trees of stages and steps, templates filled in."""
        return read_pipelines(self.state, self.delivery.entities)

    @cached_property
    def registries(self) -> Registries:
        """Repositories of images."""
        return read_registries(self.state)

    @cached_property
    def replication(self) -> Replication:
        """Stores of objects, with their copies."""
        return read_replication(self.state)

    @cached_property
    def scaling(self) -> Scaling:
        """Scalable targets with their policies."""
        return read_scaling(self.state)

    @cached_property
    def scans(self) -> Scans:
        """What was searched for credentials."""
        return read_scans(self.state)

    @cached_property
    def secrets(self) -> Secrets:
        """Secrets, with their keys and rotation."""
        return read_secrets(self.state)

    @cached_property
    def services(self) -> Services:
        """Clusters, services and task definitions."""
        return read_services(self.state, self.networks, self.load_balancers, self.observability)

    @cached_property
    def tags(self) -> tuple[Tagged, ...]:
        """Every resource of AWS with the keys of its tags."""
        return read_tags(self.state)

    @cached_property
    def task_tags(self) -> tuple[TaskTags, ...]:
        """What the tasks of services are tagged with."""
        return read_task_tags(self.state)

    @cached_property
    def telemetry(self) -> Telemetry:
        """What the application told of itself."""
        return read_telemetry(self.state)
