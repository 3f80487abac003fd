"""Takes the picture of the system under test: `python -m tests.collectors.browser.screenshot URL`.

Start the system first (`make run` prints its address). The picture is of its first page, on a
desktop, light.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from tests.reports.consumers import CHROMIUM, FLAGS

REPOSITORY = Path(__file__).parents[3]
SIZE = ViewportSize(width=1280, height=900)


def main() -> None:
    """Open the page and write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("picture", type=Path, nargs="?", default=REPOSITORY / "docs/workshop.png")
    asked = parser.parse_args()
    command = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if command is None:
        parser.error("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=command, args=FLAGS)
        page = browser.new_page(viewport=SIZE, color_scheme="light", service_workers="block")
        page.goto(asked.url, wait_until="networkidle")
        page.screenshot(path=asked.picture)
        browser.close()


if __name__ == "__main__":
    main()
