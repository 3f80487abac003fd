"""Made-up values that look right: the forms which the provider validates.

Terraform makes a random word up for every computed string. Where that would be refused (an ARN, an
address, a JSON text) the scratch copy derives the right form *from that word*, so that it stays
unique for every instance. Everything here is text of Terraform's language.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from assurance.collectors.terraform.schema import AttributeSchema, BlockSchema, Type

# Types whose `id` is their ARN.
ARN_IDS = frozenset(
    [
        "aws_acm_certificate",
        "aws_acm_certificate_validation",
        "aws_acmpca_certificate_authority",
        "aws_alb",
        "aws_alb_listener",
        "aws_alb_listener_rule",
        "aws_alb_target_group",
        "aws_apprunner_service",
        "aws_apprunner_vpc_connector",
        "aws_appautoscaling_target",
        "aws_batch_compute_environment",
        "aws_batch_job_definition",
        "aws_batch_job_queue",
        "aws_cloudtrail",
        "aws_cloudformation_stack",
        "aws_codebuild_project",
        "aws_codestarconnections_connection",
        "aws_codeconnections_connection",
        "aws_ecs_capacity_provider",
        "aws_ecs_cluster",
        "aws_ecs_service",
        "aws_globalaccelerator_accelerator",
        "aws_globalaccelerator_listener",
        "aws_iam_openid_connect_provider",
        "aws_iam_policy",
        "aws_iam_saml_provider",
        "aws_kinesis_firehose_delivery_stream",
        "aws_kinesis_stream",
        "aws_lambda_layer_version",
        "aws_lb",
        "aws_lb_listener",
        "aws_lb_listener_rule",
        "aws_lb_target_group",
        "aws_lb_trust_store",
        "aws_msk_cluster",
        "aws_networkfirewall_firewall",
        "aws_networkfirewall_firewall_policy",
        "aws_networkfirewall_rule_group",
        "aws_secretsmanager_secret",
        "aws_secretsmanager_secret_rotation",
        "aws_sfn_state_machine",
        "aws_sns_topic",
        "aws_sns_topic_subscription",
        "aws_signer_signing_profile",
        "data.aws_acm_certificate",
        "data.aws_alb",
        "data.aws_alb_listener",
        "data.aws_alb_target_group",
        "data.aws_ecs_cluster",
        "data.aws_ecs_service",
        "data.aws_iam_openid_connect_provider",
        "data.aws_iam_policy",
        "data.aws_lb",
        "data.aws_lb_listener",
        "data.aws_lb_target_group",
        "data.aws_secretsmanager_secret",
        "data.aws_sns_topic",
        "data.aws_elb_service_account",
    ]
)
# service and resource part of an ARN, where the provider looks closer than at the general form.
_ARNS = {
    "iam_role": ("iam", "", "role/{}"),
    "iam_policy": ("iam", "", "policy/{}"),
    "iam_user": ("iam", "", "user/{}"),
    "iam_instance_profile": ("iam", "", "instance-profile/{}"),
    "iam_openid_connect_provider": ("iam", "", "oidc-provider/{}"),
    "lambda_function": ("lambda", "@", "function:{}"),
    "lambda_alias": ("lambda", "@", "function:f:{}"),
    "s3_bucket": ("s3", "", "{}"),
    "kms_key": ("kms", "@", "key/{}"),
    "kms_alias": ("kms", "@", "alias/{}"),
    "lb": ("elasticloadbalancing", "@", "loadbalancer/app/{}/1"),
    "alb": ("elasticloadbalancing", "@", "loadbalancer/app/{}/1"),
    "lb_listener": ("elasticloadbalancing", "@", "listener/app/{}/1/2"),
    "lb_target_group": ("elasticloadbalancing", "@", "targetgroup/{}/1"),
    "alb_target_group": ("elasticloadbalancing", "@", "targetgroup/{}/1"),
    "ecs_cluster": ("ecs", "@", "cluster/{}"),
    "ecs_service": ("ecs", "@", "service/c/{}"),
    "ecs_task_definition": ("ecs", "@", "task-definition/{}:1"),
    "cloudwatch_log_group": ("logs", "@", "log-group:{}"),
    "sns_topic": ("sns", "@", "{}"),
    "sqs_queue": ("sqs", "@", "{}"),
    "secretsmanager_secret": ("secretsmanager", "@", "secret:{}"),
    "acm_certificate": ("acm", "@", "certificate/{}"),
    "dynamodb_table": ("dynamodb", "@", "table/{}"),
    "backup_vault": ("backup", "@", "backup-vault:{}"),
    "wafv2_web_acl": ("wafv2", "@", "regional/webacl/{}/1"),
    "ecr_repository": ("ecr", "@", "repository/{}"),
    "db_instance": ("rds", "@", "db:{}"),
    "rds_cluster": ("rds", "@", "cluster:{}"),
}
# What the mocks answer as AWS would; see mocks.py.
ANSWERED = {
    "data.aws_region": {"id", "name", "region"},
    "data.aws_availability_zones": {"id", "names", "zone_ids"},
    "data.aws_partition": {"id", "partition", "dns_suffix", "reverse_dns_prefix"},
    "data.aws_caller_identity": {"id", "account_id"},
    "data.aws_elb_service_account": {"id"},
}
_SPECIAL = {"arn_suffix": "app/{}/1", "repository_url": "000000000000.dkr.ecr.local/{}"}
_IP = frozenset(
    {"public_ip", "private_ip", "ip_address", "private_ip_address", "carrier_ip", "assign_ip"}
)
_JSON = frozenset({"policy", "json", "minified_json", "assume_role_policy", "secret_string"})


def overrides(
    kind: str, schema: BlockSchema, written: Collection[str], keys: Collection[str] = ()
) -> dict[str, str]:
    """For each attribute that needs it, an expression over the evaluated object `v`.

    Args:
        kind: `TYPE` or `data.TYPE`.
        schema: Its schema.
        written: The attributes that the configuration sets; those are never touched.
        keys: Names that are read out of JSON texts which only AWS knows.
    """
    made_up = {
        name: attribute
        for name, attribute in schema.attributes.items()
        if attribute.computed and name not in written and name not in ANSWERED.get(kind, ())
    }
    seed = _seed(made_up)
    if seed is None:
        return {}
    found = {
        name: expression
        for name, attribute in made_up.items()
        if (expression := _expression(kind, name, attribute, f"v.{seed}", keys)) is not None
    }
    if kind == "aws_acm_certificate":
        found["domain_validation_options"] = _domains(
            f"v.{seed}", "subject_alternative_names" in written
        )
    return found


def _seed(made_up: Mapping[str, AttributeSchema]) -> str | None:
    strings = sorted(name for name, attribute in made_up.items() if attribute.type == "string")
    return "id" if "id" in strings else next(iter(strings), None)


def _expression(
    kind: str, name: str, attribute: AttributeSchema, seed: str, keys: Collection[str]
) -> str | None:
    if attribute.type == "string":
        if name == "id":
            return arn(kind, f"${{{seed}}}") if kind in ARN_IDS else None
        return _string(kind, name, seed, keys)
    if isinstance(attribute.type, list) and attribute.type[0] in ("list", "set"):
        return _collection(kind, name, attribute.type[1], seed)
    if attribute.type == ["map", "string"] and keys:
        pairs = (f'"{key}" = "${{{seed}}}-{name}-{key}"' for key in sorted(keys))
        return "{ " + ", ".join(pairs) + " }"
    return None


def _string(kind: str, name: str, seed: str, keys: Collection[str], label: str = "") -> str | None:
    if name == "arn" or name.endswith("_arn"):
        word = f"${{{seed}}}" if name == "arn" and not label else f"{label or name}-${{{seed}}}"
        return arn(kind if name == "arn" else "", word)
    if name in _IP or name.endswith("_ip"):
        return _address(seed, name)
    if "cidr" in name and "association" not in name:
        return _network(seed, name)
    if name in _JSON and not kind.startswith("data.aws_iam_policy_document"):
        pairs = ", ".join(f'"{key}" = "${{{seed}}}-{key}"' for key in sorted(keys))
        return f'jsonencode({{ "made-up" = "${{{seed}}}-{name}", {pairs} }})'
    if name in _SPECIAL:
        return '"' + _SPECIAL[name].format(f"${{{seed}}}") + '"'
    return f'"${{{seed}}}-{label}"' if label else None


def _collection(kind: str, name: str, element: Type, seed: str) -> str | None:
    if element == "string":
        plain = name.rstrip("s")
        if plain.endswith("arn"):
            return f"[for e in v.{name} : {arn('', f'{name}-${{e}}-${{{seed}}}')}]"
        if "cidr" in name:
            return f"[for e in v.{name} : {_network(seed, name, 'e')}]"
        if plain.endswith("_ip") or plain in ("ip_addresse", "public_ip"):
            return f"[for e in v.{name} : {_address(seed, name, 'e')}]"
        return f'[for e in v.{name} : "${{{seed}}}-{name}-${{e}}"]'
    if isinstance(element, list) and element[0] == "object":
        return f"[for e in v.{name} : {_object(name, element[1], seed)}]"
    return None


def _object(path: str, fields: Mapping[str, Type], seed: str) -> str:
    pairs = []
    for name, element in sorted(fields.items()):
        value = f"e.{name}"
        if element == "string":
            value = _string("", name, seed, (), label=f"{path}-{name}") or value
        pairs.append(f"{name} = {value}")
    return "{ " + ", ".join(pairs) + " }"


def arn(kind: str, word: str) -> str:
    """An ARN of a type around a word, as a quoted template; `local.assurance__account` varies."""
    bare = kind.removeprefix("data.").removeprefix("aws_")
    service, region, resource = _ARNS.get(bare, (bare.partition("_")[0] or "aws", "@", "{}"))
    place = "us-east-1" if region else ""
    account = "" if bare == "s3_bucket" else "${local.assurance__account}"
    return f'"arn:aws:{service}:{place}:{account}:{resource.format(word)}"'


def _address(seed: str, name: str, salt: str = "") -> str:
    digest = f'md5("${{{seed}}}{name}{f"${{{salt}}}" if salt else ""}")'
    octets = ", ".join(f"parseint(substr({digest}, {2 * n}, 2), 16)" for n in range(3))
    return f'format("240.%d.%d.%d", {octets})'


def _network(seed: str, name: str, salt: str = "") -> str:
    digest = f'md5("${{{seed}}}{name}{f"${{{salt}}}" if salt else ""}")'
    first = f"240 + parseint(substr({digest}, 0, 1), 16) % 15"
    return f'format("%d.%d.0.0/16", {first}, parseint(substr({digest}, 1, 2), 16))'


def _domains(seed: str, alternatives: bool) -> str:
    """One validation option a name, as AWS gives them."""
    more = "try([for d in v.subject_alternative_names : d], [])" if alternatives else "[]"
    # compact() drops the absent name of an imported certificate.
    names = f"distinct(compact(concat([v.domain_name], {more})))"
    record = ", ".join(
        f'resource_record_{part} = "${{{seed}}}-{part}-${{d}}"' for part in ("name", "value")
    )
    return f'[for d in {names} : {{ domain_name = d, {record}, resource_record_type = "CNAME" }}]'


def literal(value: Any) -> str:
    """A JSON-like value as an expression."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{quoted(k)} = {literal(v)}" for k, v in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return repr(value)


def quoted(text: str) -> str:
    """A string literal; nothing in it is a template."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    escaped = escaped.replace("\r", "\\r").replace("\t", "\\t")
    return '"' + escaped.replace("${", "$${").replace("%{", "%%{") + '"'
