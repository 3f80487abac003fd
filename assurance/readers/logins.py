"""As whom applications sign in to a database: by IAM, with a secret, or under a name written down.

The applications are the services of the configuration; a task that no service runs, such as a
migration, may well sign in as the master user.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assurance.model.containers import Container, SecretReference, TaskDefinition, Variable
from assurance.model.databases import Login, Master
from assurance.model.identities import Identities, Statement, Target
from assurance.model.services import Services
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.credentials import VERSION, references_in
from assurance.readers.references import identity
from assurance.readers.state import Resource, State, tokens

_SPEAKS_OF_DATA = re.compile(r"(DB|DATABASE|PG|POSTGRES|MYSQL|MARIADB|SQL|RDS|DATASOURCE)", re.I)
_NAMES_USER = re.compile(r"USER(_?NAME)?$", re.I)
_USER_KEYS = ("username", "user")
IAM = "IAM authentication"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """What may sign in to databases.

    Attributes:
        identities: Roles and users with their policies.
        services: What runs containers.
    """

    identities: Identities
    services: Services


def read_logins(resource: Resource, master: Master, accounts: Accounts) -> tuple[Login, ...]:
    """Return the ways in which applications sign in to an instance or cluster."""
    definitions = tuple(_definitions(accounts.services))
    roles = {
        str(found.task_role) for found in _known(definitions) if not is_unknown(found.task_role)
    }
    found = (
        *_by_iam(resource, master, accounts.identities, roles),
        *_by_containers(resource, master, definitions),
    )
    if found:
        return tuple({(login.who, login.way, _text(login.user)): login for login in found}.values())
    if not definitions:
        return unknown("no service of this configuration could sign in to the database")
    hidden = next(_hidden(definitions, accounts.identities, roles), "")
    seen = f"who signs in is not known: {hidden}" if hidden else "no service is seen to sign in"
    return unknown(f"{resource.id}: {seen}")


def _text(value: Any) -> str:
    return why_unknown(value) if is_unknown(value) else str(value)


def _definitions(services: Services) -> Iterator[TaskDefinition]:
    """Yield what services run, and everything where it is not known what one runs."""
    ran = [found.task_definition for found in services.services]
    if any(is_unknown(found) for found in ran):
        yield from services.task_definitions
    else:
        yield from {found.subject.id: found for found in ran}.values()


def _hidden(
    definitions: Iterable[TaskDefinition], identities: Identities, roles: set[str]
) -> Iterator[str]:
    """Yield the reasons why something that could tell of a login is not known."""
    parts: list[Any] = list(definitions)
    for definition in _known(definitions):
        parts.append(definition.containers)
        for container in _known(definition.containers):
            parts += [container, container.variables, container.secrets]
    for holder in identities.identities:
        if holder.subject.id in roles:
            parts += [policy.statements for policy in holder.policies]
    yield from (why_unknown(part) for part in parts if is_unknown(part))


def _by_iam(
    resource: Resource, master: Master, identities: Identities, roles: set[str]
) -> Iterator[Login]:
    for holder in identities.identities:
        for policy in holder.policies:
            for statement in _known(policy.statements):
                for login in _connections(resource, master, statement, holder.subject.id):
                    # Who runs no service may be the master user, such as a role for migrations.
                    if holder.subject.id in roles or login.is_master is False:
                        yield login


def _known(items: Any) -> Iterator[Any]:
    for item in () if is_unknown(items) else items:
        if not is_unknown(item):
            yield item


def _connections(
    resource: Resource, master: Master, statement: Statement, who: str
) -> Iterator[Login]:
    allows = not is_unknown(statement.allows) and statement.allows
    if allows and any(action.startswith("rds-db:") for action in _known(statement.actions)):
        for target in _known(statement.resources):
            if _may_mean(resource, target):
                user = target.name.rpartition("/")[2] if ":dbuser:" in target.name else "*"
                master_ = _is_master(user, master, resource)
                yield Login(who=who, way=IAM, user=user, is_master=master_)


def _may_mean(resource: Resource, target: Target) -> bool:
    return resource.id in target.refers or not target.refers


def _is_master(user: str, master: Master, resource: Resource) -> bool:
    if is_unknown(user):
        return unknown(why_unknown(user))
    named = [resource.resolve(f"${{{address}.id}}") for address, _ in tokens(user)]
    if user == "*" or resource in named:
        return True
    if is_unknown(master.user):
        return unknown(f"whether {user} is the master user: {why_unknown(master.user)}")
    return user == master.user


def _by_containers(
    resource: Resource, master: Master, definitions: Iterable[TaskDefinition]
) -> Iterator[Login]:
    for definition in _known(definitions):
        for container in _known(definition.containers):
            for variable in _known(container.variables):
                yield from _of_variable(resource, master, container, variable)
            for secret in _known(container.secrets):
                yield from _of_secret(resource, master, container, secret)


def _of_variable(
    resource: Resource, master: Master, container: Container, variable: Variable
) -> Iterator[Login]:
    name = variable.name
    if set(tokens(variable.value)) & _password_of(resource):
        yield Login(who=container.subject.id, way=str(name), user=master.user, is_master=True)
    if is_unknown(name) or not (
        _SPEAKS_OF_DATA.search(str(name)) and _NAMES_USER.search(str(name))
    ):
        return
    user = variable.value
    is_master = _is_master(user, master, resource)
    yield Login(who=container.subject.id, way=name, user=user, is_master=is_master)


def _of_secret(
    resource: Resource, master: Master, container: Container, secret: SecretReference
) -> Iterator[Login]:
    reference, who = secret.value_from, container.subject.id
    if is_unknown(reference):
        return
    if _is_managed_secret(resource, reference):
        yield Login(who=who, way=secret.name, user=master.user, is_master=True)
        return
    versions = [found for found in _versions(resource.state, secret) if _of(found, resource)]
    for version in versions:
        user = _user_in(version)
        is_master = _is_master(user, master, resource)
        yield Login(who=who, way=secret.name, user=user, is_master=is_master)
    if not versions and not is_unknown(secret.name) and _SPEAKS_OF_DATA.search(str(secret.name)):
        why = unknown(f"{who}: which user {secret.name} holds is not written here")
        yield Login(who=who, way=secret.name, user=why, is_master=why)


def _is_managed_secret(resource: Resource, reference: str) -> bool:
    return any(
        "master_user_secret" in attribute and resource.resolve(f"${{{address}.id}}") is resource
        for address, attribute in tokens(reference)
    )


def _versions(state: State, secret: SecretReference) -> Iterator[Resource]:
    if is_unknown(secret.secret) or not secret.secret:
        return
    for version in state.of(VERSION):
        owner = identity(version, "secret_id", "aws_secretsmanager_secret")
        if not is_unknown(owner) and owner == secret.secret:
            yield version


def _of(version: Resource, database: Resource) -> bool:
    """Whether the content of a secret refers to the database, or to its password."""
    named = set(references_in(version.get("secret_string", None)))
    return bool(named & _password_of(database)) or any(
        version.resolve(f"${{{address}.{attribute}}}") is database for address, attribute in named
    )


def _password_of(database: Resource) -> set[tuple[str, str]]:
    """Return the references that the master password is taken from."""
    passwords = (database.get("password"), database.get("master_password"))
    return {pair for password in passwords for pair in tokens(password)}


def _user_in(version: Resource) -> str:
    content = version.get("secret_string", None)
    if isinstance(content, dict):
        for key in _USER_KEYS:
            if content.get(key) is not None:
                return content[key]
    return unknown(f"{version.id}: which user it holds is not written here")
