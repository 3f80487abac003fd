"""What a person, or their assistive technology, meets in a browser."""

from __future__ import annotations

from assurance.collectors.browser.collecting import FORMAT, collect_browser
from assurance.collectors.browser.request import BrowserRequest
from assurance.collectors.browser.steps import Element, Journey, Step

__all__ = ["FORMAT", "BrowserRequest", "Element", "Journey", "Step", "collect_browser"]
