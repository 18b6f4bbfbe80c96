"""A world in which every text is out to do harm, wherever a text can come from."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from cluster_geo.audit import audit
from cluster_geo.publish.door import as_html
from cluster_geo.rules import Zones
from cluster_geo.scenario import Brief
from tests.outputs import BRIEF, HOSTILE, World, make_world
from tests.worlds import FIRST_URN

NAMES = (
    *HOSTILE,
    "<script>alert(1)</script>",
    "${1}",
    '=HYPERLINK("https://example.org","x")',
    "@SUM(A1:A9)",
    "quotes \"double\" and 'single', a comma",
    "line\r\nbreak\ttab",
    "right\u202eto left\u202c\u2066mark\u2069",
    "&amp; &lt;img src=x onerror=window.hacked=1&gt;",
    "R&D, R&ampD &nosuch; &#60;",
)
CODES = ("<b>A</b>", "{{ 6*7 }}{# open", "'C`${1}\"")
LAYER = "<img src=x onerror=alert(2)>"
NEEDS = "{{ 7*7 }}|<script>alert(3)</script>"
TOWN = "Ashe &amp; <img src=x onerror=window.hacked=1>"
TITLE = "</title><script>alert(4)</script>{{ 7*7 }}"


def seen(text: str) -> str:
    """What a reader sees of a text: no control character, no mark of direction, blanks as one."""
    return re.sub(r"\s+", " ", unescape(as_html(text))).strip()


def words(page, selector: str) -> list[str]:
    """What a browser's page says in each element that is selected, blanks as one."""
    found = page.locator(selector).all_text_contents()
    return [re.sub(r"\s+", " ", text).strip() for text in found]


def world_of_harm() -> World:
    """The drawn world with hostile schools, clusters, codes, trusts, needs, zones and layers."""
    names = {FIRST_URN + i: NAMES[i % len(NAMES)] for i in range(18)}
    world = make_world(names, srp_needs=NEEDS, postcode="</script>", federation="${x}")
    table = world.county.schools.table
    trusts = dict(zip(("x", "y"), NAMES[2:4], strict=True))
    named = table.assign(
        trust=table["trust_uid"].map(trusts).fillna(""), town=TOWN, district=NAMES[3]
    )
    district = world.county.layers["district"]
    zones = district.zones.assign(name=[NAMES[9], NAMES[3]])
    county = replace(
        world.county,
        schools=replace(world.county.schools, table=named),
        layers={LAYER: replace(district, name=LAYER, zones=zones)},
    )
    rules = [
        replace(rule, name=LAYER) if isinstance(rule, Zones) else rule
        for rule in world.rulebook.rules
    ]
    rulebook = replace(world.rulebook, rules=tuple(rules))
    titles = dict(zip(CODES, (NAMES[9], NAMES[0], NAMES[4]), strict=True))
    plan = replace(world.plan, codes=CODES, names=titles)
    return replace(
        world, county=county, rulebook=rulebook, plan=plan, audit=audit(county, rulebook, plan)
    )


def brief_of_harm() -> Brief:
    """A brief whose title is hostile too."""
    return replace(BRIEF, title=TITLE, version=NAMES[9])
