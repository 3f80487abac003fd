"""Modules whose source is not on this machine: what they make is not in the evidence.

Where one of them may hold a thing, its absence from the rest decides nothing. A module that anybody
may have written can make everything; of widely used published ones it is known what they make
(registry.terraform.io/namespaces/terraform-aws-modules).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from assurance.readers.state import State, kind_of

_PUBLISHED = re.compile(
    r"terraform-aws-modules/(?:terraform-aws-)?(?P<name>[\w-]+?)(?:\.git)?(?:/aws)?(?P<part>//[^?]*)?"
    r"(?:\?.*)?$"
)
_GROUPS = ("aws_security_group*", "aws_vpc_security_group_*")
_ENDPOINTS = "vpc//modules/vpc-endpoints"
_MAKES = {
    "acm": ("aws_acm_*", "aws_route53_record"),
    "alb": ("aws_lb*", "aws_route53_record", "aws_wafv2_*", *_GROUPS),
    "autoscaling": ("aws_autoscaling_*", "aws_iam_*", "aws_launch_*"),
    "cloudwatch": ("aws_cloudwatch_*",),
    "dynamodb-table": ("aws_appautoscaling_*", "aws_dynamodb_*"),
    "ecr": ("aws_ecr_*", "aws_ecrpublic_*"),
    "ecs": (
        "aws_appautoscaling_*",
        "aws_cloudwatch_log_group",
        "aws_ecs_*",
        "aws_iam_*",
        *_GROUPS,
    ),
    "iam": ("aws_iam_*",),
    "key-pair": ("aws_key_pair",),
    "kms": ("aws_kms_*",),
    "rds": (
        "aws_cloudwatch_log_group",
        "aws_db_*",
        "aws_iam_*",
        "aws_rds_*",
        "aws_secretsmanager_secret_rotation",
    ),
    "s3-bucket": ("aws_s3_*",),
    "security-group": _GROUPS,
    "sns": ("aws_sns_*",),
    "sqs": ("aws_sqs_*",),
    "vpc": (
        "aws_cloudwatch_log_group",
        "aws_customer_gateway",
        "aws_*_subnet_group",
        "aws_default_*",
        "aws_egress_only_internet_gateway",
        "aws_eip",
        "aws_flow_log",
        "aws_iam_*",
        "aws_internet_gateway",
        "aws_nat_gateway",
        "aws_network_acl*",
        "aws_route*",
        "aws_subnet",
        "aws_vpc",
        "aws_vpn_*",
    ),
    _ENDPOINTS: ("aws_vpc_endpoint", *_GROUPS),
}
_MAKES["rds-aurora"] = (*_MAKES["rds"], "aws_appautoscaling_*", *_GROUPS)
_ANYTHING = ("*",)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnseenModule:
    """A module call that was not evaluated.

    Attributes:
        address: Such as `module.network.module.vpc`.
        source: As the call writes it.
    """

    address: str
    source: str

    def may_make(self, *types: str) -> bool:
        """Tell whether resources of one of these types may be in it; `aws_*` is any of AWS."""
        return any(
            fnmatchcase(type_, made) or fnmatchcase(made, type_)
            for type_ in types
            for made in self._makes()
        )

    def _makes(self) -> tuple[str, ...]:
        found = _PUBLISHED.search(self.source)
        if found is None:
            return _ANYTHING
        name = str(found["name"])
        return _MAKES.get(f"{name}{found['part'] or ''}") or _MAKES.get(name, _ANYTHING)


def unseen_modules(state: State) -> Iterator[UnseenModule]:
    """Yield the calls of modules that the evidence does not hold; a plan holds all of them."""
    for body, _ in state.configurations():
        modules = {} if body.get("engine") == "plan" else body["configuration"]["modules"]
        for address, module in modules.items():
            for name, call in module.get("module_calls", {}).items():
                called = f"{address}.module.{name}" if address else f"module.{name}"
                if called not in modules:
                    yield UnseenModule(address=called, source=str(call.get("source") or ""))


def what_may_hide(state: State, *types: str) -> str:
    """Return, in words, the modules that may make resources of these types; empty for none."""
    types = tuple(type_ for type_ in types if kind_of(type_) == "terraform")
    if not types:
        return ""
    found = sorted(
        {
            f"{module.address} ({module.source})"
            for module in unseen_modules(state)
            if module.may_make(*types)
        }
    )
    return " and ".join(found)
