"""Where Terraform keeps its state, and what each kind of backend does by itself.

https://developer.hashicorp.com/terraform/language/backend
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance.model.code import Backend
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.references import flag
from assurance.readers.state import thaw

_LOCAL = ("", "local")
_SERVICES = ("cloud", "remote")
"""HCP Terraform: it encrypts, locks and keeps workspaces apart."""

_ENCRYPTS = ("gcs", "azurerm", "oss", "cos")
_LOCKS = ("gcs", "azurerm", "consul", "kubernetes", "pg", "cos")
_PLACES = {
    "s3": ("bucket", "key"),
    "gcs": ("bucket", "prefix"),
    "azurerm": ("storage_account_name", "container_name", "key"),
    "oss": ("bucket", "prefix", "key"),
    "cos": ("bucket", "prefix", "key"),
    "consul": ("path",),
    "http": ("address",),
    "pg": ("conn_str", "schema_name"),
    "kubernetes": ("namespace", "secret_suffix"),
}
_NEEDED = {"s3": ("bucket", "key"), "gcs": ("bucket",), "azurerm": ("container_name", "key")}


def read_backend(found: Mapping[str, Any] | None, root: str) -> Backend:
    """Return the backend of a root; without a block the state is a file beside the code."""
    kind = str((found or {}).get("type") or "")
    if found is None or kind in _LOCAL:
        return Backend(kind="", is_encrypted=False, is_locked=False, place=root)
    if kind in _SERVICES:
        return Backend(kind=kind, is_encrypted=True, is_locked=True, place=f"{kind} {root}")
    config = thaw(dict(found.get("config") or {}))
    partial = any(name not in config for name in _NEEDED.get(kind, ()))
    return Backend(
        kind=kind,
        is_encrypted=_stated(_encrypts(kind, config), root, partial=partial),
        is_locked=_stated(_locks(kind, config), root, partial=partial),
        place=_place(kind, config, root, partial=partial),
    )


def _stated(holds: Any, root: str, *, partial: bool) -> Any:
    """Return what is stated; what a partial configuration omits may be given at `init`."""
    if partial and not is_unknown(holds) and not holds:
        return unknown(f"{root} gets part of its backend's configuration from outside")
    return holds


def _encrypts(kind: str, config: Mapping[str, Any]) -> Any:
    if kind == "oss":
        return flag(config.get("encrypt", False))
    return kind in _ENCRYPTS or flag(config.get("encrypt", False))


def _locks(kind: str, config: Mapping[str, Any]) -> Any:
    if kind in _LOCKS:
        return True
    if kind == "s3":
        table = config.get("dynamodb_table") or config.get("dynamodb_endpoint")
        own = flag(config.get("use_lockfile", False))
        return own if is_unknown(own) or own else is_unknown(table) or bool(table)
    return any(name in config for name in ("lock_address", "tablestore_table"))


def _place(kind: str, config: Mapping[str, Any], root: str, *, partial: bool) -> str:
    parts = [config.get(name, "") for name in _PLACES.get(kind, ())]
    if partial or any(is_unknown(part) for part in parts):
        return unknown(f"where the state of {root} lies is said outside its code")
    return "/".join((kind, *(str(part) for part in parts)))
