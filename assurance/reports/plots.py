"""Plots as SVG in the page: no script, no fonts, readable in print and by a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from markupsafe import Markup

_WIDTH, _LABEL, _ROW, _GAP = 640, 84, 34, 10
_READABLE = 22
"""Where a part is narrower, its count is only in its title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its label, and the parts it is stacked from with their counts."""

    label: str
    parts: tuple[tuple[str, int], ...]


def stacked_bars(bars: Sequence[Bar], *, title: str) -> Markup:
    """Return horizontal bars on one scale; a part's class is `o-` and its name."""
    longest = max((sum(count for _, count in bar.parts) for bar in bars), default=0) or 1
    scale = (_WIDTH - _LABEL - 40) / longest
    height = len(bars) * (_ROW + _GAP)
    svg = ET.Element("svg", {"viewBox": f"0 0 {_WIDTH} {height}", "role": "img", "class": "plot"})
    ET.SubElement(svg, "title").text = f"{title}: {_spoken(bars)}"
    for index, bar in enumerate(bars):
        _draw(svg, bar, index * (_ROW + _GAP), scale)
    return Markup(ET.tostring(svg, encoding="unicode"))  # noqa: S704  built and escaped here


def _spoken(bars: Sequence[Bar]) -> str:
    return "; ".join(
        f"{bar.label}: " + ", ".join(f"{count} {name}" for name, count in bar.parts if count)
        for bar in bars
    )


def _draw(svg: ET.Element, bar: Bar, top: int, scale: float) -> None:
    middle = str(top + _ROW * 0.68)
    label = ET.SubElement(svg, "text", {"x": str(_LABEL - 10), "y": middle, "class": "label"})
    label.text = bar.label
    left = float(_LABEL)
    for name, count in bar.parts:
        if count:
            width = count * scale
            place = {"x": f"{left:.1f}", "y": str(top), "width": f"{width:.1f}"}
            rect = ET.SubElement(svg, "rect", {**place, "height": str(_ROW), "class": f"o-{name}"})
            ET.SubElement(rect, "title").text = f"{count} {name}"
            if width > _READABLE:
                x = f"{left + width / 2:.1f}"
                told = ET.SubElement(svg, "text", {"x": x, "y": middle, "class": f"in-{name}"})
                told.text = str(count)
            left += width
    total = str(sum(count for _, count in bar.parts))
    ET.SubElement(svg, "text", {"x": f"{left + 8:.1f}", "y": middle, "class": "sum"}).text = total
