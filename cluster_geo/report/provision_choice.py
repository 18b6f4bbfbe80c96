"""The page of `provision`: which schools, what each choice buys, and the next one's worth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from markupsafe import Markup

from cluster_geo.provision import Choice, Provision, Step
from cluster_geo.provision.question import KINDS
from cluster_geo.provision.words import (
    certainty_words,
    effect_words,
    outcome_words,
    score_words,
    step_rows,
    title_words,
)
from cluster_geo.publish.door import as_html
from cluster_geo.publish.policy import with_policy
from cluster_geo.publish.provision import ProvisionPublication
from cluster_geo.publish.templates import TABLE_SCRIPTS, scripts_of, template_of, write_page
from cluster_geo.report import amounts
from cluster_geo.report.figures import figure, path_of, ticks
from cluster_geo.rounding import up
from cluster_geo.schools.needs import NEEDS
from cluster_geo.tables.ground import county_ground
from cluster_geo.tables.sources import attributions, source_table

MAP_WIDTH, MAP_EDGE = 640, 22
DETAIL_M = 200.0
CURVE_WIDTH, CURVE_HEIGHT = 560, 300
LEFT, RIGHT, TOP, BOTTOM = 78, 18, 18, 52
# Half the width of a bar between what is proven and what was found.
BAR = 7


def write_provision_page(path: Path, published: ProvisionPublication) -> Path:
    """Write the page of an answer to a question of provision; return its path."""
    found, county = published.found, published.disclosed.county
    sources = source_table((*county.sources, *published.sources))
    page = template_of("cluster_geo.report", "provision_choice.html").render(
        edition=published.edition,
        title=title_words(found.question),
        need=NEEDS[found.question.need],
        found=found,
        today_score=up(found.today.cost),
        today=outcome_words(found, found.today, len(found.today.outcome.gaps)),
        score=score_words(found),
        choices=[_choice(found, choice) for choice in found.choices],
        kinds=KINDS,
        steps=step_rows(found.curve),
        map=choice_map(published),
        curve=curve_figure(found.curve),
        words=amounts,
        attributions=attributions(county),
        sources=sources.to_dict(orient="records"),
        scripts=scripts_of(*TABLE_SCRIPTS),
    )
    return write_page(path, with_policy(page))


def _choice(found: Provision, choice: Choice) -> dict[str, Any]:
    return {
        "sites": choice.sites,
        "score": up(choice.cost),
        "saved": amounts.signed(choice.cost - found.today.cost),
        "outcome": outcome_words(found, choice),
        "effects": list(effect_words(found, choice)),
        "sure": certainty_words(found, choice),
    }


def choice_map(published: ProvisionPublication) -> Markup:
    """Return the schools, the places that there are, and the sites of the best choice, numbered."""
    found, county = published.found, published.disclosed.county
    ground = county_ground(county).simplify(DETAIL_M)
    west, south, east, north = ground.bounds
    scale = (MAP_WIDTH - 2 * MAP_EDGE) / (east - west)
    height = round((north - south) * scale) + 2 * MAP_EDGE

    def place(points: np.ndarray) -> np.ndarray:
        across, down_ = (points[:, 0] - west) * scale, (north - points[:, 1]) * scale
        return np.asarray(np.column_stack([across, down_]) + MAP_EDGE)

    spots = dict(zip(county.urns, place(county.schools.points).round(1), strict=True))
    parts = [f'<path d="{path_of(shape, place)}" class="ground"/>' for shape in _parts(ground)]
    parts += [f'<circle cx="{x:g}" cy="{y:g}" r="1.7" class="dot"/>' for x, y in spots.values()]
    for site in found.sites:
        for x, y in (spots[urn] for urn in site.urns):
            name = as_html(f"{site.name}: {site.places:g} places")
            circle = f'<circle cx="{x:g}" cy="{y:g}" r="6" class="there">'
            parts.append(f"{circle}<title>{name}</title></circle>")
    for number, taken in enumerate(found.best.sites, start=1):
        for x, y in (spots[urn] for urn in taken.site.urns):
            parts.append(
                f'<g class="chosen"><title>{as_html(taken.site.name)}</title>'
                f'<rect x="{x - 11:g}" y="{y - 11:g}" width="22" height="22" rx="4"/>'
                f'<text x="{x:g}" y="{y + 6:g}">{number}</text></g>'
            )
    title = "Map of the best choice; the table of its sites says the same."
    return figure(parts, MAP_WIDTH, height, title, "choice-map")


def _parts(ground: shapely.Geometry) -> list[Any]:
    return [part for part in shapely.get_parts(ground) if part.geom_type == "Polygon"]


def curve_figure(curve: Sequence[Step]) -> Markup:
    """Return the score by the number of measures, each between what is proven and found."""
    highest = max(step.cost for step in curve) or 1.0
    across, tall = CURVE_WIDTH - LEFT - RIGHT, CURVE_HEIGHT - TOP - BOTTOM

    def x(measures: int) -> float:
        return round(LEFT + across * (measures + 0.25) / (len(curve) - 0.5), 1)

    def y(score: float) -> float:
        return round(TOP + tall * (1 - max(0.0, score) / highest), 1)

    parts = []
    for score in ticks(0.0, highest):
        at = y(score)
        parts.append(f'<path d="M{LEFT} {at:g}H{CURVE_WIDTH - RIGHT}" class="grid"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 5:g}" class="end">{score:,g}</text>')
    line = "L".join(f"{x(step.measures):g} {y(step.cost):g}" for step in curve)
    parts.append(f'<path d="M{line}" class="score"/>')
    for step in curve:
        at, top, low = x(step.measures), y(step.cost), y(step.bound)
        bar = f"M{at:g} {top:g}V{low:g}M{at - BAR:g} {low:g}H{at + BAR:g}"
        parts.append(f'<path d="{bar}" class="bound"/>')
        parts.append(f'<circle cx="{at:g}" cy="{top:g}" r="4.5"/>')
        parts.append(f'<text x="{at:g}" y="{CURVE_HEIGHT - 30}" class="mid">{step.measures}</text>')
    middle = LEFT + across / 2
    parts.append(f'<text x="{middle:g}" y="{CURVE_HEIGHT - 8}" class="mid">measures</text>')
    title = "Score by the number of measures; the table of what each is worth says the same."
    return figure(parts, CURVE_WIDTH, CURVE_HEIGHT, title, "curve")
