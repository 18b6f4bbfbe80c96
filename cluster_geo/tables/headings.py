"""What a reader calls each column of the tables, and what it means: the workbook's own words.

The names of the columns are for machines and do not change; these are for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cluster_geo.boundaries import layer_title
from cluster_geo.columns import OwnColumn
from cluster_geo.glossary import WORDS
from cluster_geo.phrases import heading_of


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column and its meaning, which may be empty where the heading says all."""

    words: str
    meaning: str = ""


KNOWN = {
    "urn": Heading("URN", WORDS["URN"]),
    "laestab": Heading("LAESTAB"),
    "ukprn": Heading("UKPRN"),
    "trust_uid": Heading("Trust identifier"),
    "srp": Heading("SRP", WORDS["SRP"]),
    "srp_needs": Heading("SRP needs"),
    "srp_places": Heading("SRP places"),
    "srp_on_roll": Heading("SRP pupils on roll"),
    "ehcp": Heading("Pupils with an EHCP"),
    "sen_support": Heading("Pupils on SEN support"),
    "fsm_pct": Heading("FSM, %"),
    "cluster": Heading("Cluster code", "Code of the cluster; it is never used for another"),
    "cluster_name": Heading("Cluster"),
    "name": Heading("Name"),
    "starts": Heading("Starts on", "When the cluster starts, where not all do at once"),
    "wave": Heading("Wave", "What the planner calls those that start together"),
    "hub_urn": Heading("Central school, URN"),
    "hub": Heading("Central school", WORDS["Central school"]),
    "furthest": Heading("Longest journey from", "The school with the longest journey"),
    "phases": Heading("Schools by phase", "Each school counted once"),
    "primary": Heading("Primary", "Primary schools, all-through ones not among them"),
    "secondary": Heading("Secondary", "Secondary schools, all-through ones not among them"),
    "all_through": Heading("All-through", WORDS["All-through"]),
    "srps": Heading("Schools with an SRP"),
    "without_srp": Heading("Clusters without an SRP"),
    "needs": Heading("SRP needs", "Need types of the provisions"),
    "trusts": Heading("Trusts", "Multi-academy trusts with a school in the cluster"),
    "districts": Heading("Districts", "Districts with a school in the cluster"),
    "trust": Heading("Trust"),
    "fewest": Heading("Fewest clusters possible", "By the size of a cluster alone"),
    "beyond": Heading("Clusters beyond the fewest"),
    "where": Heading("Where", "Clusters, with the number of the trust's schools in each"),
    "need": Heading("Need", "Need type; a provision for several stands under each of them"),
    "places": Heading("Places"),
    "on_roll": Heading("On roll", "Pupils on roll in the provision"),
    "spare": Heading("Spare", "Places less pupils on roll, where both are known"),
    "way_on": Heading("Way on", WORDS["Way on"]),
    "to": Heading("To", "The secondary SRP; without a way on, the nearest one"),
    "years": Heading("Years", "School years of the provision, if not all of its phase"),
    "kept": Heading("Met", "Whether a requirement is met; a preference counts, or not"),
    "measure": Heading("Measure", "What the rule counts: schools, pupils, kilometres, clusters"),
    "score": Heading("Adds to the score"),
    "words": Heading("In words"),
    "clusters": Heading("Clusters"),
}
TRAVEL = {
    "travel": ("Journeys in all", "Sum of the journeys to the central school"),
    "travel_mean": ("Mean journey", "Mean journey to the central school"),
    "travel_worst": ("Longest journey", "Longest journey to the central school"),
}
LINES = {
    "km": Heading("Straight lines in all, km"),
    "km_mean": Heading("Mean straight line, km"),
    "km_worst": Heading("Longest straight line, km"),
}


def headings_of(
    columns: Iterable[str],
    unit: str,
    meanings: Mapping[str, str] | None = None,
    own: Iterable[OwnColumn] = (),
) -> dict[str, Heading]:
    """Return the heading of each column, in their order.

    Parameters
    ----------
    columns : iterable of str
    unit : str
        Of travel, which some headings have.
    meanings : mapping of str to str, optional
        What some columns mean, before what is known of them here.
    own : iterable of OwnColumn
        The planner's own, which are called as they are there.
    """
    theirs = {column.name: Heading(column.heading, column.meaning) for column in own}
    found = {}
    for name in columns:
        heading = theirs.get(name) or _heading(name, unit)
        meaning = (meanings or {}).get(name, "") or heading.meaning
        found[name] = Heading(heading.words, meaning)
    return found


def _heading(name: str, unit: str) -> Heading:
    travel = {key: Heading(f"{words}, {unit}", said) for key, (words, said) in TRAVEL.items()}
    travel[f"travel_{unit}"] = Heading(f"Journey, {unit}", "Journey to the central school")
    known = KNOWN | LINES | travel
    if name in known:
        return known[name]
    for begin, words, meaning in (
        ("main_", "Mainly in, {}", WORDS["Mainly in"]),
        ("outside_", "Outside main {}", "Schools outside the main zone of their cluster"),
    ):
        if name.startswith(begin):
            return Heading(words.format(layer_title(name.removeprefix(begin))), meaning)
    for end, words in (("_zone_code", "{} zone, code"), ("_zone", "{} zone")):
        if name.endswith(end):
            return Heading(words.format(layer_title(name.removesuffix(end))))
    return Heading(heading_of(name))
