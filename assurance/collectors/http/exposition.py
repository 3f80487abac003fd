"""A page of metrics, parsed by the client library of the format."""

from __future__ import annotations

import ssl
from typing import Any

import httpx
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as prometheus

from assurance.collectors.http.client import AGENT


def page_of(url: str, verification: ssl.SSLContext) -> httpx.Response:
    """Return a page as it is served.

    Raises:
        httpx.HTTPError: No answer came.
    """
    return httpx.get(
        url, trust_env=False, timeout=10, headers={"User-Agent": AGENT}, verify=verification
    )


def read_metrics(url: str, verification: ssl.SSLContext) -> dict[str, Any]:
    """Return the families of a page with samples; a `fault` where it cannot be had or read."""
    try:
        answer = page_of(url, verification)
        kind = answer.headers.get("content-type", "")
        parse = openmetrics if "openmetrics" in kind else prometheus
        families = list(parse(answer.text)) if answer.status_code == 200 else []
    except (httpx.HTTPError, ValueError, KeyError) as error:
        return {"content_type": "", "families": [], "fault": f"{type(error).__name__}: {error}"}
    return {
        "content_type": kind,
        "fault": "" if answer.status_code == 200 else f"status {answer.status_code}",
        "families": [
            {
                "name": family.name,
                "type": family.type,
                "samples": [
                    {"name": each.name, "labels": dict(each.labels), "value": float(each.value)}
                    for each in family.samples
                    if not each.name.endswith(("_bucket", "_created"))
                ],
            }
            for family in families
        ],
    }
