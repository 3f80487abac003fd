"""Made-up values that look right: the forms which the provider validates.

Terraform makes a random word up for every computed string. Where that would be refused (an ARN, an
address, a JSON text) the scratch copy derives the right form *from that word*, so that it stays
unique for every instance. Everything here is text of Terraform's language.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from assurance.collectors.terraform.arns import ARN_IDS, arn
from assurance.collectors.terraform.schema import AttributeSchema, BlockSchema, Type

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
    kind: str,
    schema: BlockSchema,
    written: Collection[str],
    keys: Collection[str] = (),
    decoded: Collection[str] = (),
) -> dict[str, str]:
    """For each attribute that needs it, an expression over the evaluated object `v`.

    Args:
        kind: `TYPE` or `data.TYPE`.
        schema: Its schema.
        written: The attributes that the configuration sets; those are never touched.
        keys: Names that are read out of JSON texts which only AWS knows.
        decoded: The attributes that the configuration decodes as JSON.
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
    found |= {name: _json(name, f"v.{seed}", keys) for name in made_up.keys() & decoded}
    if kind == "aws_acm_certificate":
        found["domain_validation_options"] = _domains(
            f"v.{seed}", alternatives="subject_alternative_names" in written
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
        return _collection(name, attribute.type[1], seed)
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
        return _json(name, seed, keys)
    if name in _SPECIAL:
        return '"' + _SPECIAL[name].format(f"${{{seed}}}") + '"'
    return f'"${{{seed}}}-{label}"' if label else None


def _json(name: str, seed: str, keys: Collection[str]) -> str:
    pairs = ", ".join(f'"{key}" = "${{{seed}}}-{key}"' for key in sorted(keys))
    return f'jsonencode({{ "made-up" = "${{{seed}}}-{name}", {pairs} }})'


def _collection(name: str, element: Type, seed: str) -> str | None:
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


def _address(seed: str, name: str, salt: str = "") -> str:
    digest = f'md5("${{{seed}}}{name}{f"${{{salt}}}" if salt else ""}")'
    octets = ", ".join(f"parseint(substr({digest}, {2 * n}, 2), 16)" for n in range(3))
    return f'format("240.%d.%d.%d", {octets})'


def _network(seed: str, name: str, salt: str = "") -> str:
    digest = f'md5("${{{seed}}}{name}{f"${{{salt}}}" if salt else ""}")'
    first = f"240 + parseint(substr({digest}, 0, 1), 16) % 15"
    return f'format("%d.%d.0.0/16", {first}, parseint(substr({digest}, 1, 2), 16))'


def _domains(seed: str, *, alternatives: bool) -> str:
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
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{quoted(k)} = {literal(v)}" for k, v in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return repr(value)


def quoted(text: str) -> str:
    """A string literal; nothing in it is a template."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    escaped = escaped.replace("\r", "\\r").replace("\t", "\\t")
    return '"' + escaped.replace("${", "$${").replace("%{", "%%{") + '"'
