"""Finds the pages of a Next.js application, and what keeps them from being generated at build time.

https://nextjs.org/docs/app/api-reference/file-conventions: a page is a file called `page`; what its
layouts and everything that they import on the server ask of a request is asked for each visit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assurance.collectors.source.request import ApplicationRequest

_SUFFIXES = (".tsx", ".jsx", ".ts", ".js")
_APP = re.compile(r"(?:src/)?app/(?P<route>(?:.*/)?)page\.(tsx|jsx|ts|js)")
_PAGES = re.compile(r"(?:src/)?pages/(?!api/|_)(?P<route>.*)\.(tsx|jsx|ts|js)")
_PARAMETER = re.compile(r"\[+(?:\.\.\.)?([^\]]+)\]+")
_COMMENT = re.compile(
    r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|/\*.*?\*/|(?<!:)//[^\n]*""", re.DOTALL
)
_CLIENT = re.compile(r"""\s*["']use client["']""")
_IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["']([^"']+)["']""")
_GENERATES = re.compile(
    r"\bexport\s+(?:async\s+)?(?:function|const)\s+(generateStaticParams|getStaticPaths)\b"
)
_DYNAMIC = {
    "force-dynamic": re.compile(r"""\bdynamic\s*(?::[^=]+)?=\s*["']force-dynamic["']"""),
    "revalidate = 0": re.compile(r"\bexport\s+const\s+revalidate\s*=\s*0\b"),
    "cookies, headers or draft mode": re.compile(
        r"""\bimport\s*\{[^}]*\b(?:cookies|headers|draftMode)\b[^}]*\}\s*from\s*["']next/headers["']"""
    ),
    "connection": re.compile(
        r"""\bimport\s*\{[^}]*\bconnection\b[^}]*\}\s*from\s*["']next/server["']"""
    ),
    "noStore": re.compile(
        r"""\bimport\s*\{[^}]*\b(?:unstable_)?noStore\b[^}]*\}\s*from\s*["']next/cache["']"""
    ),
    "a request that is never cached": re.compile(r"""\bcache\s*:\s*["']no-(?:store|cache)["']"""),
    "getServerSideProps": re.compile(
        r"\bexport\s+(?:async\s+)?(?:function|const)\s+getServerSideProps\b"
    ),
    "getInitialProps": re.compile(r"\.getInitialProps\s*="),
}
_SEARCH = re.compile(r"\bsearchParams\b")
"""The parameter of a page; in the browser there is a function for it, which is no hindrance."""


def page_values(application: ApplicationRequest, system: Path) -> Iterator[dict[str, Any]]:
    """Yield the pages of an application that is built with Next.js."""
    if "next" not in _dependencies(application.directory):
        return
    for path in application.files(*_SUFFIXES):
        name = path.relative_to(application.directory).as_posix()
        found = _APP.fullmatch(name) or _PAGES.fullmatch(name)
        if found is None:
            continue
        text = _text(path)
        yield {
            "application": application.name,
            "file": _named(path, system),
            "route": "/" + found["route"].strip("/"),
            "parameters": _PARAMETER.findall(found["route"]),
            "generates": bool(_GENERATES.search(text)),
            "dynamic": list(_hindrances(path, application.directory, system)),
        }


def _dependencies(directory: Path) -> dict[str, str]:
    try:
        package = json.loads((directory / "package.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    found: dict[str, str] = {}
    for key in ("dependencies", "devDependencies"):
        listed = package.get(key) if isinstance(package, dict) else None
        found.update(listed if isinstance(listed, dict) else {})
    return found


def _text(path: Path) -> str:
    """Return a file without its comments, line for line."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return _COMMENT.sub(lambda found: found[1] or "\n" * found[0].count("\n"), text)


def _named(path: Path, system: Path) -> str:
    return path.relative_to(system).as_posix() if path.is_relative_to(system) else str(path)


def _hindrances(page: Path, directory: Path, system: Path) -> Iterator[dict[str, Any]]:
    """Yield what is only known when somebody asks for the page."""
    for path in _on_the_server(page, directory):
        text = _text(path)
        patterns = {**_DYNAMIC, **({"searchParams": _SEARCH} if path == page else {})}
        for what, pattern in patterns.items():
            if found := pattern.search(text):
                line = text.count("\n", 0, found.start()) + 1
                yield {"what": what, "file": _named(path, system), "line": line}


def _on_the_server(page: Path, directory: Path) -> Iterator[Path]:
    """Yield a page, its layouts and what they import, as far as the browser does not begin."""
    waiting, seen = [page, *_layouts(page, directory)], set[Path]()
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        text = _text(path)
        if _CLIENT.match(text):
            continue
        yield path
        waiting += [
            target
            for name in _IMPORT.findall(text)
            if (target := _imported(name, path, directory)) is not None
        ]


def _layouts(page: Path, directory: Path) -> Iterator[Path]:
    for parent in page.parents:
        if not parent.is_relative_to(directory):
            return
        yield from (
            found
            for stem in ("layout", "template")
            for suffix in _SUFFIXES
            if (found := parent / f"{stem}{suffix}").is_file()
        )


def _imported(name: str, path: Path, directory: Path) -> Path | None:
    """Return the file of ours that an import names; None for packages and for what is no code."""
    if name.startswith("."):
        starts = [path.parent / name]
    elif name.startswith(("@/", "~/")):
        starts = [directory / name[2:], directory / "src" / name[2:]]
    else:
        return None
    for start in starts:
        for candidate in (start, *(Path(f"{start}{suffix}") for suffix in _SUFFIXES)):
            if candidate.suffix in _SUFFIXES and candidate.is_file():
                return candidate.resolve()
        for suffix in _SUFFIXES:
            if (start / f"index{suffix}").is_file():
                return (start / f"index{suffix}").resolve()
    return None
