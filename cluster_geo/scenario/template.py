"""A commented scenario to start from, generated from the settings themselves."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from cluster_geo.scenario.files import shipped_scenarios
from cluster_geo.scenario.known import ANY, Known, known_settings
from cluster_geo.scenario.lines import Key

WIDTH = 92

# What a setting without a default looks like when it is filled in.
_EXAMPLES: dict[Key, str] = {
    ("plan", "effective_date"): "2026-09-01",
    ("plan", "end_date"): "2027-08-31",
    ("plan", "previous_plan"): '"clusters_2025.csv"',
    ("plan", "corrections"): '"corrections.csv"',
    ("plan", "waves"): '"waves.csv"',
    ("plan", "second_clusters"): '"second_clusters.csv"',
    ("plan", "decisions"): '"decisions.csv"',
    ("plan", "responses"): '"responses.csv"',
    ("plan", "mitigation", ANY): '"A minibus from Westby"',
    ("schools", "file"): '"edubasealldata20250718.csv"',
    ("schools", "as_at"): "2025-07-18",
    ("schools", "census"): '"england_census.csv"',
    ("schools", "links"): '"links_edubasealldata.csv"',
    ("schools", "srp"): '"srp.csv"',
    ("schools", "changes"): '"changes.csv"',
    ("schools", "deprivation"): '"indices_of_deprivation.csv"',
    ("clusters", "names"): '"cluster_names.csv"',
    ("travel", "matrix"): '"minutes.csv"',
    ("travel", "worst"): "15",
    ("neighbours", "land"): '"districts_of_the_country.geojson"',
    ("neighbours", "crossings"): '"crossings.csv"',
    ("boundaries", ANY, "file"): '"districts.geojson"',
    ("boundaries", ANY, "file_layer"): '"districts"',
    ("boundaries", ANY, "name_field"): '"LAD24NM"',
    ("boundaries", ANY, "code_field"): '"LAD24CD"',
    ("boundaries", ANY, "column"): '"district"',
    ("boundaries", ANY, "groups"): '"areas.csv"',
    ("boundaries", ANY, "of"): '"district"',
    ("context", ANY, "file"): '"OS_Open_Zoomstack.gpkg"',
    ("columns", ANY, "file"): '"funding.csv"',
    ("trusts", "most", ANY): "2",
    ("pairs", "file"): '"pairs.csv"',
    ("networks", "file"): '"networks.csv"',
    ("pathways", "within"): "10",
    ("pathways", "layer"): '"district"',
    ("balance", ANY, "column"): '"pupils"',
    ("funding", ANY, "amount"): '"1,000,000.00"',
    ("funding", ANY, "last_year"): '"last_year.csv"',
    ("funding", ANY, "largest_loss"): "2",
    ("funding", ANY, "largest_gain"): "5",
    ("funding", ANY, "floor_per_pupil"): '"50.00"',
    ("funding", ANY, "cap_per_pupil"): '"400.00"',
    ("funding", ANY, "terms", ANY, "column"): '"pupils"',
    ("funding", ANY, "terms", ANY, "share"): "100",
    ("funding", ANY, "terms", ANY, "rate"): '"45.00"',
    ("funding", ANY, "terms", ANY, "low"): "1",
    ("funding", ANY, "terms", ANY, "high"): "2",
    ("teams", ANY, "posts"): "20.5",
    ("teams", ANY, "demand", ANY): "0.5",
    ("teams", ANY, "visits_per_post"): "190",
    ("teams", ANY, "cost_per_visit"): "120",
    ("pins", "together"): "[[118229, 118230]]",
    ("pins", "apart"): "[[118229, 118231]]",
    ("pins", "fixed", ANY): "[118229, 118230]",
    ("reference", "plan"): '"clusters_2025.csv"',
    ("reference", "most_movers"): "20",
    ("reference", "freeze_zones", ANY): '["Maidstone"]',
    ("solve", "work"): "1000000",
}
_OWN_NAMES = {
    "boundaries": "district",
    "context": "map",
    "columns": "deprivation_funding",
    "balance": "pupils",
    "funding": "locality",
    "terms": "pupils",
    "teams": "specialist-teachers",
    "demand": "ehcp",
    "mitigation": '"MAI-01"',
    "most": '"Oak Learning Trust"',
    "fixed": '"3"',
    "freeze_zones": "district",
}

_HEAD = """\
# A scenario for cluster-geo: what a plan must have, and the weight of each preference.
#
# "# " starts a comment. A "#" directly before a setting switches it off, leaving its default if
# it has one. Weights are in the unit of travel: km, or minutes if a matrix of minutes is given.
# Files are relative to the folder of this file. Check it with:
#     cluster-geo check mine.toml --schools GIAS.csv
#
# To change only a few settings of another scenario, name its file or one of
# {names},
# and give only the settings that differ:
#extends = "kent"
"""


def template() -> str:
    """Return a scenario that names every setting, with its unit, meaning and default."""
    names = ", ".join(shipped_scenarios())
    return _HEAD.format(names=names) + "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    table: Key | None = None
    for known in known_settings().values():
        above = _table_of(known.key)
        if above != table:
            table = above
            yield ""
            yield from _comment(known.purpose)
            optional = ANY in above or above[-1] in _OWN_NAMES
            yield f"{'#' if optional else ''}[{'.'.join(_named(above))}]"
        yield from _setting(known, commented="#" if ANY in above or _unset(known) else "")


def _setting(known: Known, commented: str) -> Iterator[str]:
    yield from _comment(known.meaning)
    key = _named(known.key)[len(_table_of(known.key)) :]
    value = _toml(known.default) if not _unset(known) else _EXAMPLES[known.key]
    yield f"{commented}{'.'.join(key)} = {value}"


def _table_of(key: Key) -> Key:
    return key[:-2] if key[-1] == ANY else key[:-1]


def _named(key: Key) -> Key:
    """Replace each star by a name."""
    return tuple(_OWN_NAMES[key[i - 1]] if part == ANY else part for i, part in enumerate(key))


def _unset(known: Known) -> bool:
    return known.key in _EXAMPLES


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="# ", subsequent_indent="# ")


def _toml(value: Any) -> str:  # noqa: ANN401 - a setting may hold any plain value
    """Write a value as TOML: a range as text such as "8:14", no limit as "free"."""
    if value is None:
        return '"free"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(part) for part in value)}]"
    return f'"{value}"'
