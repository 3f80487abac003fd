"""The JSON of `data.aws_iam_policy_document`, written in Terraform's own language.

The provider computes it, and the provider is not asked; so the scratch copy computes the document
from the data source's evaluated statements, and it arrives wherever its `json` is used.
"""

from __future__ import annotations

KIND = "data.aws_iam_policy_document"

_LISTS = {
    "Action": "actions",
    "NotAction": "not_actions",
    "Resource": "resources",
    "NotResource": "not_resources",
}
_PRINCIPALS = {"Principal": "principals", "NotPrincipal": "not_principals"}


def document() -> str:
    """An expression over the data source's object `v`: its policy as a JSON string."""
    later = '[for t in slice(all, i + 1, length(all)) : try(t.Sid, "")]'
    kept = f'[for i, s in all : s if try(s.Sid, "") == "" || !contains({later}, try(s.Sid, ""))]'
    statements = (
        f"[for all in [concat({_given('source')}, {_own()}, {_given('override')})] : {kept}][0]"
    )
    parts = (
        '{ for k, x in { Version = try(coalesce(v.version), "2012-10-17"), Id = v.policy_id, '
        f"Statement = {statements} }} : k => x if x != null }}"
    )
    # The provider lets people write the policy language's own variables as &{...}.
    return f'replace(jsonencode({parts}), "\\\\u0026{{", "$${{")'


def _given(which: str) -> str:
    """Statements of other documents; one that is not JSON (made up) stays as it is."""
    texts = (
        f"compact(concat([try(v.{which}_json, null)], "
        f"try([for d in v.{which}_policy_documents : d], [])))"
    )
    return f"flatten([for d in {texts} : try(jsondecode(d).Statement, d)])"


def _own() -> str:
    fields = ["Sid = try(coalesce(s.sid), null)", 'Effect = try(coalesce(s.effect), "Allow")']
    fields += [
        f"{field} = try(length(s.{name}), 0) > 0 ? sort(s.{name}) : null"
        for field, name in _LISTS.items()
    ]
    fields += [f"{field} = {_principals(name)}" for field, name in _PRINCIPALS.items()]
    fields.append(f"Condition = {_conditions()}")
    statement = f"{{ for k, x in {{ {', '.join(fields)} }} : k => x if x != null }}"
    return f"[for s in v.statement : {statement}]"


def _principals(name: str) -> str:
    # {"AWS": "*"} and "*" mean the same to IAM; one form is easier to read.
    kind = '(p.type == "*" ? "AWS" : p.type)'
    kinds = f"distinct([for p in s.{name} : {kind}])"
    values = f"sort(flatten([for p in s.{name} : tolist(p.identifiers) if {kind} == t]))"
    return f"length(s.{name}) > 0 ? {{ for t in {kinds} : t => {values} }} : null"


def _conditions() -> str:
    tests = "distinct([for c in s.condition : c.test])"
    names = "distinct([for c in s.condition : c.variable if c.test == t])"
    values = "flatten([for c in s.condition : tolist(c.values) if c.test == t && c.variable == n])"
    return (
        f"length(s.condition) > 0 ? {{ for t in {tests} : t => "
        f"{{ for n in {names} : n => {values} }} }} : null"
    )
