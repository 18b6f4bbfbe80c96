"""The trade-off between several plans as one SVG figure: travel against all else counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from markupsafe import Markup

from cluster_geo.glossary import TRUSTS_SPREAD
from cluster_geo.publish.door import as_html
from cluster_geo.report.figures import figure, ticks

WIDTH, PANEL_HEIGHT = 920, 230
LEFT, RIGHT, TOP, BOTTOM = 74, 20, 26, 40
DOT = 10.0


def tradeoff_figure(
    table: pd.DataFrame, across: tuple[str, str], panels: Sequence[tuple[str, str]]
) -> Markup:
    """Return plans as numbered dots, one panel a measure, those on the Pareto front filled.

    Parameters
    ----------
    table : DataFrame
        One row a plan, indexed by what it is called, with a `number` to show and a boolean
        column `front`. Plans with a missing figure are left out.
    across : (str, str)
        Column that runs across every panel, and what a reader calls it.
    panels : sequence of (str, str)
        Column of each panel, and what a reader calls it.
    """
    named = [across[0], *(column for column, _ in panels)]
    if not panels:
        return Markup()
    numbered = table.dropna(subset=named)
    if len(numbered) < 2:  # noqa: PLR2004 - one plan trades nothing off
        return Markup()
    parts: list[str] = []
    for place, panel in enumerate(panels):
        parts += _Panel(numbered, across[0], panel, place * PANEL_HEIGHT).drawn()
    height = len(panels) * PANEL_HEIGHT + 24
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle:g}" y="{height - 6}" class="mid">{as_html(across[1])}</text>')
    title = "Trade-off between the plans; the table of runs says the same."
    return figure(parts, WIDTH, height, title, "tradeoff")


class _Panel:
    """One measure over another."""

    def __init__(
        self, table: pd.DataFrame, across: str, panel: tuple[str, str], down: float
    ) -> None:
        self.table, self.title, self.down = table, panel[1], down
        self.xs = table[across].to_numpy(dtype=float)
        self.ys = table[panel[0]].to_numpy(dtype=float)
        self.x_range, self.y_range = _padded(self.xs), _padded(self.ys)

    def x(self, value: float) -> float:
        low, high = self.x_range
        return float(round(LEFT + (WIDTH - LEFT - RIGHT) * (value - low) / (high - low), 1))

    def y(self, value: float) -> float:
        low, high = self.y_range
        bottom = self.down + PANEL_HEIGHT - BOTTOM
        return float(
            round(bottom - (PANEL_HEIGHT - TOP - BOTTOM) * (value - low) / (high - low), 1)
        )

    def drawn(self) -> list[str]:
        parts = [
            f'<text x="{LEFT}" y="{self.down + 14:g}" class="head">{as_html(self.title)}</text>'
        ]
        counted = bool((self.ys == self.ys.round()).all())
        for tick in ticks(*self.y_range, about=4):
            value = tick + 0.0  # no tick reads -0
            if counted and value != round(value):
                continue
            y = self.y(value)
            parts.append(f'<path d="M{LEFT} {y:g}H{WIDTH - RIGHT}" class="grid"/>')
            parts.append(f'<text x="{LEFT - 8}" y="{y + 4:g}" class="end">{value:,g}</text>')
        foot = self.down + PANEL_HEIGHT - BOTTOM + 20
        parts += [
            f'<text x="{self.x(value):g}" y="{foot:g}" class="mid">{value:,g}</text>'
            for value in ticks(*self.x_range)
        ]
        return parts + self._dots()

    def _dots(self) -> list[str]:
        facts = zip(
            self.xs, self.ys, self.table["number"], self.table["front"], self.table.index,
            strict=True,
        )  # fmt: skip
        # The front is drawn last, so that it lies on top.
        parts = []
        for x, y, number, front, name in sorted(facts, key=lambda fact: bool(fact[3])):
            kind = "front" if front else "behind"
            parts.append(
                f'<g class="{kind}"><title>{as_html(name)}</title>'
                f'<circle cx="{self.x(x):g}" cy="{self.y(y):g}" r="{DOT:g}"/>'
                f'<text x="{self.x(x):g}" y="{self.y(y) + 4:g}" class="mid">{number}</text></g>'
            )
        return parts


def _padded(values: np.ndarray) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    pad = 0.12 * (high - low) or max(1.0, 0.05 * abs(high))
    return low - pad, high + pad


def measure_words(columns: Mapping[str, str], unit: str) -> dict[str, str]:
    """Return what a reader calls each measure of an outcome; `columns` are layers' titles."""
    return {
        "travel": f"Travel of all schools to their central school ({unit})",
        "trust_pieces": TRUSTS_SPREAD,
        "without_srp": "Clusters without a specialist resource provision (SRP)",
        **{
            f"outside_{name}": f"Schools outside their cluster's main {title}"
            for name, title in columns.items()
        },
    }
