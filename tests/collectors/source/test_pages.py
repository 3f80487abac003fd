"""Which pages of a Next.js application can be written at build time, by their source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assurance.collectors.source import ApplicationRequest, SourceRequest, collect_source

PACKAGE = '{"dependencies": {"next": "15.0.0"}}'
PLAIN = "export default function Page() { return <h1>Tools</h1>; }\n"


def pages(system: Path, **files: str) -> dict[str, dict[str, Any]]:
    """Return the pages that are found in these files, by route."""
    directory = system / "frontend"
    for name, text in {"package.json": PACKAGE, **files}.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(text)
    application = ApplicationRequest(
        name="frontend",
        role="frontend",
        directory=directory,
        dockerfile=directory / "Dockerfile",
        image="",
    )
    body = collect_source(SourceRequest(system=system, applications=(application,)))
    found = (each["values"] for each in body["resources"] if each["type"] == "source_page")
    return {values["route"]: values for values in found}


def hindrances(values: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(each["what"], each["file"], each["line"]) for each in values["dynamic"]]


def test_a_plain_page_waits_for_nothing(tmp_path: Path) -> None:
    found = pages(tmp_path, **{"app/page.tsx": PLAIN, "app/about/page.jsx": PLAIN})

    assert list(found) == ["/", "/about"]
    assert hindrances(found["/"]) == []
    assert found["/about"]["parameters"] == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('export const dynamic = "force-dynamic";', "force-dynamic"),
        ("export const revalidate = 0;", "revalidate = 0"),
        ('import { cookies } from "next/headers";', "cookies, headers or draft mode"),
        ('import { connection } from "next/server";', "connection"),
        ('import { unstable_noStore } from "next/cache";', "noStore"),
        ('const a = await fetch(url, { cache: "no-store" });', "a request that is never cached"),
        ("export default async function P({ searchParams }) {}", "searchParams"),
    ],
)
def test_what_is_only_known_for_a_visit_is_found(tmp_path: Path, text: str, what: str) -> None:
    found = pages(tmp_path, **{"app/page.tsx": f"// a page\n{text}\n{PLAIN}"})

    assert hindrances(found["/"]) == [(what, "frontend/app/page.tsx", 2)]


def test_it_is_found_in_layouts_and_in_what_is_imported(tmp_path: Path) -> None:
    found = pages(
        tmp_path,
        **{
            "app/layout.tsx": 'import { who } from "@/lib/who";\n',
            "app/shelf/page.tsx": f'import {{ Shelf }} from "../../components";\n{PLAIN}',
            "components/index.ts": 'export const dynamic = "force-dynamic";\n',
            "lib/who.ts": 'import { headers } from "next/headers";\n',
        },
    )

    assert hindrances(found["/shelf"]) == [
        ("force-dynamic", "frontend/components/index.ts", 1),
        ("cookies, headers or draft mode", "frontend/lib/who.ts", 1),
    ]


def test_what_the_browser_does_hinders_nothing(tmp_path: Path) -> None:
    found = pages(
        tmp_path,
        **{
            "app/page.tsx": f'import {{ Live }} from "@/components/live";\n{PLAIN}',
            "components/live.tsx": '"use client";\nfetch("/api", { cache: "no-store" });\n',
        },
    )

    assert hindrances(found["/"]) == []


def test_a_comment_hinders_nothing_and_an_address_is_no_comment(tmp_path: Path) -> None:
    text = (
        '/* export const dynamic = "force-dynamic"; */\n'
        '// import { cookies } from "next/headers";\n'
        'const home = "https://tools.example.com"; export const revalidate = 0;\n'
    )

    found = pages(tmp_path, **{"app/page.tsx": text})

    assert hindrances(found["/"]) == [("revalidate = 0", "frontend/app/page.tsx", 3)]


def test_a_page_for_many_says_which_or_not(tmp_path: Path) -> None:
    generating = "export async function generateStaticParams() { return []; }\n"
    found = pages(
        tmp_path,
        **{
            "app/tools/[slug]/page.tsx": generating + PLAIN,
            "app/lenders/[...names]/page.tsx": PLAIN,
        },
    )

    assert found["/tools/[slug]"]["parameters"] == ["slug"]
    assert found["/tools/[slug]"]["generates"] is True
    assert found["/lenders/[...names]"]["parameters"] == ["names"]
    assert found["/lenders/[...names]"]["generates"] is False


def test_pages_of_the_older_router_are_found(tmp_path: Path) -> None:
    serving = "export async function getServerSideProps() { return { props: {} }; }\n"
    found = pages(
        tmp_path,
        **{"pages/about.tsx": serving + PLAIN, "pages/_app.tsx": PLAIN, "pages/api/a.ts": PLAIN},
    )

    assert [what for what, _, _ in hindrances(found["/about"])] == ["getServerSideProps"]
    assert list(found) == ["/about"]


def test_another_framework_has_no_such_pages(tmp_path: Path) -> None:
    assert pages(tmp_path, **{"package.json": "{}", "app/page.tsx": PLAIN}) == {}
