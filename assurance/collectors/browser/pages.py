"""A page before and after its scripts run, what it loads, and what it lets others run."""

from __future__ import annotations

import re
import zlib
from typing import Any

from playwright.sync_api import Request, Response, Route

from assurance.collectors.browser.browsing import Browsing, ask, path_of, settle, settled

_SECRET = frozenset({"set-cookie"})
"""Headers whose values are nobody's but the browser's."""

_INLINE = re.compile(r"<script(?P<about>[^>]*)>(?P<text>.*?)</script>", re.DOTALL | re.IGNORECASE)
_INJECTED = (
    "<script>window.injectedScript = true</script>"
    '<img alt="" src="data:," onerror="window.injectedHandler = true">'
)
"""What an attacker would smuggle in: a script of their own, and a handler that is a script."""


def page_facts(browsing: Browsing, path: str, api: str) -> dict[str, Any]:
    """Return one page as it comes, as it becomes, and with something smuggled into it."""
    return {
        "path": path,
        "before": _before(browsing, path),
        **_after(browsing, path, api),
        "injected": _injected(browsing, path),
    }


def _before(browsing: Browsing, path: str) -> dict[str, Any]:
    with browsing.visit(scripts=False) as page:
        page.goto(path, wait_until="load")
        seen: dict[str, Any] = ask(page, "seen.js")
        return seen


def _after(browsing: Browsing, path: str, api: str) -> dict[str, Any]:
    with browsing.visit() as page:
        requests: list[Request] = []
        errors: list[str] = []
        page.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108  a builtin takes no mark
        page.on("pageerror", lambda error: errors.append(str(error)[:300]))
        answer = page.goto(path, wait_until="load")
        settle(page)
        seen = ask(page, "seen.js")
        scripts = [_script(request) for request in requests if request.resource_type == "script"]
        calls = [_call(request) for request in requests if is_call(request.url, api)]
        return {
            "status": answer.status if answer else None,
            "headers": _headers(answer),
            "after": seen,
            "scripts": scripts,
            "inline_bytes": _inline(answer),
            "calls": calls,
            "errors": errors,
        }


def is_call(url: str, api: str) -> bool:
    """Whether an address belongs to the API."""
    return path_of(url).startswith(api)


def _script(request: Request) -> dict[str, Any]:
    return {"path": path_of(request.url), "bytes": request.sizes()["responseBodySize"]}


def _call(request: Request) -> dict[str, Any]:
    answer = request.response()
    return {
        "method": request.method,
        "path": path_of(request.url),
        "status": answer.status if answer else None,
        "traceparent": request.headers.get("traceparent", ""),
    }


def _headers(answer: Response | None) -> dict[str, str]:
    known = answer.all_headers() if answer else {}
    return {name: text for name, text in known.items() if name not in _SECRET}


def _inline(answer: Response | None) -> int:
    """Return what the scripts in the page itself weigh, compressed as a server would."""
    html = answer.text() if answer else ""
    texts = [found["text"] for found in _INLINE.finditer(html) if "src=" not in found["about"]]
    return len(zlib.compress("".join(texts).encode(), 6)) if texts else 0


def _injected(browsing: Browsing, path: str) -> dict[str, bool]:
    """Put scripts into the page on its way, headers as they are, and see which of them run."""

    def smuggle(route: Route) -> None:
        answer = route.fetch()
        html = answer.text()
        before, end, after = html.rpartition("</body>")
        kept = {
            name: value
            for name, value in answer.headers.items()
            if name not in ("content-encoding", "content-length")
        }
        body = before + _INJECTED + end + after if end else html + _INJECTED
        route.fulfill(status=answer.status, headers=kept, body=body)

    with browsing.visit() as page:
        page.route(lambda url: path_of(url) == path, smuggle)
        settled(page, path)
        ran: dict[str, bool] = page.evaluate(
            "() => ({script: window.injectedScript === true,"
            " handler: window.injectedHandler === true})"
        )
        return ran
