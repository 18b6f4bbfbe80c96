"""The page of `price`: what each rule is worth, with the proven limits of each change drawn."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from cluster_geo.boundaries import layer_title
from cluster_geo.explain.change import NO_DIFFERENCE
from cluster_geo.glossary import TRUSTS_SPREAD
from cluster_geo.optimise.certainty import distance, failed
from cluster_geo.phrases import trust_name
from cluster_geo.publish import WorthPublication
from cluster_geo.publish.policy import with_policy
from cluster_geo.publish.templates import TABLE_SCRIPTS, scripts_of, template_of, write_page
from cluster_geo.report import amounts
from cluster_geo.report.figures import figure, ticks
from cluster_geo.rounding import outwards, up

HEADINGS = {
    "clusters": "clusters",
    "travel": "travel",
    "trust_pieces": TRUSTS_SPREAD.lower(),
    "without_srp": "clusters without an SRP",
}
FOUND = {
    "lower": "lower",
    "higher": "higher",
    "no difference": "proven: no difference",
    "unresolved": "unresolved",
    "impossible": "no plan: proven",
    "none found": "none found in time",
}
FAILED = "none found: the solver failed"
NOT_SHARP = f"{100 * NO_DIFFERENCE:g} %"

WIDTH, HEIGHT, EDGE = 300, 26, 12


def headings_of(figures: pd.Series) -> dict[str, str]:
    """Return what a reader calls each figure of a plan that a rule may change."""
    return HEADINGS | {
        str(name): f"schools outside their main {layer_title(str(name).removeprefix('outside_'))}"
        for name in figures.index
        if str(name).startswith("outside_")
    }


def found_words(row: Mapping[Hashable, Any]) -> str:
    """Return what a search found, in a word or two."""
    if row["found"] == "none found" and row["failure"]:
        return FAILED
    return FOUND.get(str(row["found"]), str(row["found"]))


def changes_of(row: Mapping[Hashable, Any], words: Mapping[str, str]) -> str:
    """Say which figures of the plan a turn changes, and by how much."""
    changes = [
        f"{label} {row[f'{name}_change']:+,.{1 if name == 'travel' else 0}f}"
        for name, label in words.items()
        if round(row[f"{name}_change"], 1)
    ]
    return ", ".join(changes) or "nothing changes"


def write_worth_page(path: Path, published: WorthPublication) -> Path:
    """Write the page of what each rule is worth; return its path."""
    found, unit = published.worth, published.unit
    words = headings_of(found.figures)
    rows = [_rule_row(row, words) for row in found.table.to_dict(orient="records")]
    trusts = [] if published.trusts is None else _trust_rows(published.trusts)
    scale, trust_scale = (Scale.over(row["limits"] for row in some) for some in (rows, trusts))
    failures = [found.base.failure, *found.table.get("failure", ())]
    if published.trusts is not None:
        failures += list(published.trusts["failure"])
    page = template_of("cluster_geo.report", "worth.html").render(
        edition=published.edition,
        unit=unit,
        figures=[(label, amounts.number(found.figures[name])) for name, label in words.items()],
        score=found.base.cost,
        far=distance(found.base.cost, found.base.bound),
        rows=[row | {"drawn": scale.drawn(row)} for row in rows],
        axis=scale.axis(),
        trusts=None if published.trusts is None else
        [row | {"drawn": trust_scale.drawn(row)} for row in trusts],
        trust_axis=trust_scale.axis(),
        notes=published.notes,
        failures=[failed(words, "searches") for words in dict.fromkeys(filter(None, failures))],
        small=NOT_SHARP,
        words=amounts,
        scripts=scripts_of(*TABLE_SCRIPTS),
    )  # fmt: skip
    return write_page(path, with_policy(page))


def _rule_row(row: Mapping[Hashable, Any], words: Mapping[str, str]) -> dict[str, Any]:
    at, least, most = (_known(row.get(n)) for n in ("score_change", "change_least", "change_most"))
    limits = None if least is None or most is None else (least, most)
    return {
        "words": row["words"],
        "kind": str(row["found"]),
        "found": found_words(row),
        "at": at,
        "limits": limits,
        # Rounded outwards: what is shown may be less sharp than what is proven, never sharper.
        "between": "" if limits is None else " to ".join(outwards(*limits)),
        "changes": "" if at is None else changes_of(row, words),
    }


def _trust_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows = []
    for row in table.to_dict(orient="records"):
        at, apart = _known(row["score_change"]), _known(row["distance"])
        limits = None if at is None or apart is None else (at - apart, at)
        rows.append(
            {
                "trust": trust_name(row["trust"]),
                "schools": row["schools"],
                "clusters": row["clusters"],
                "fewest": row["fewest"],
                "kind": _side(limits),
                "found": str(row["found"]),
                "at": at,
                "distance": "" if apart is None else up(apart),
                "limits": limits,
            }
        )
    return rows


def _side(limits: tuple[float, float] | None) -> str:
    """Return on which side of zero limits lie."""
    if limits is None or limits[0] <= 0.0 <= limits[1]:
        return "unresolved"
    return "higher" if limits[0] > 0.0 else "lower"


def _known(value: Any) -> float | None:  # noqa: ANN401 - a cell of a table
    return None if value is None or pd.isna(value) else float(value)


class Scale:
    """Where a change of the score stands in the figures of a table: one scale for all its rows.

    It grows by the square root, so that small changes can be told apart beside large ones.
    """

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    @classmethod
    def over(cls, limits: Iterable[tuple[float, float] | None]) -> Scale:
        """Return the scale that holds all limits, and nought."""
        ends = [end for pair in limits if pair for end in pair] or [0.0]
        low, high = min(0.0, *ends), max(0.0, *ends)
        return cls(low, high) if high > low else cls(-1.0, 1.0)

    def x(self, change: float) -> float:
        """Return the pixel of a change."""
        low, high = _root(self.low), _root(self.high)
        share = (_root(change) - low) / (high - low)
        return round(EDGE + (WIDTH - 2 * EDGE) * share, 1)

    def drawn(self, row: Mapping[str, Any]) -> Markup:
        """Return the limits of a change as a line, and what was found as a dot."""
        if row["limits"] is None:
            return Markup()
        middle = HEIGHT / 2
        a, b = (self.x(end) for end in row["limits"])
        line = f"M{a:g} {middle:g}H{max(b, a + 1):g}"
        line += "".join(f"M{end:g} {middle - 5:g}v10" for end in (a, b))
        kind = {"lower": "lower", "higher": "higher"}.get(row["kind"], "open")
        parts = [
            f'<path d="M{self.x(0):g} 0V{HEIGHT}" class="nought"/>',
            f'<path d="{line}" class="{kind}"/>',
        ]
        if row["at"] is not None:
            at = min(max(row["at"], self.low), self.high)
            parts.append(f'<circle cx="{self.x(at):g}" cy="{middle:g}" r="4.5" class="{kind}"/>')
        lower, upper = outwards(*row["limits"])
        return figure(parts, WIDTH, HEIGHT, f"between {lower} and {upper}", "interval")

    def axis(self) -> Markup:
        """Return the scale's figures."""
        spread = [t for about in (3, 6, 24) for t in ticks(self.low, self.high, about) if t]
        marks: list[float] = [0.0]
        for tick in dict.fromkeys(spread):
            if all(abs(self.x(tick) - self.x(other)) > 30 for other in marks):  # noqa: PLR2004 - px
                marks.append(tick)
        parts = [
            f'<text x="{self.x(mark):g}" y="13" class="mid">{_mark(mark)}</text>'
            f'<path d="M{self.x(mark):g} 18v6" class="nought"/>'
            for mark in sorted(marks)
        ]
        figures = ", ".join(map(_mark, sorted(marks)))
        return figure(parts, WIDTH, 24, f"Scale: {figures}", "interval")


def _mark(value: float) -> str:
    return f"{value:+,g}" if value else "0"


def _root(value: float) -> float:
    return math.copysign(math.sqrt(abs(value)), value)
