"""Takes the picture of the report that the README shows: `python -m tests.reports.screenshot`.

Audit first, with the proof of bite; the picture is of the first screen, light.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from tests.reports.consumers import CHROMIUM, FLAGS

REPOSITORY = Path(__file__).parents[2]
SIZE = ViewportSize(width=1240, height=860)


def main() -> None:
    """Read the report and write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path, nargs="?", default=REPOSITORY / "reports/index.html")
    parser.add_argument("picture", type=Path, nargs="?", default=REPOSITORY / "docs/report.png")
    asked = parser.parse_args()
    command = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if command is None:
        parser.error("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=command, args=FLAGS)
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(asked.report.resolve().as_uri())
        page.screenshot(path=asked.picture)
        browser.close()


if __name__ == "__main__":
    main()
