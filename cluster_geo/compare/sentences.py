"""A comparison in a reader's words."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from cluster_geo.columns import OwnColumn
from cluster_geo.compare.comparison import Comparison
from cluster_geo.compare.funding import funding_sentences
from cluster_geo.compare.name_register import BY_URN, SAME, UNMATCHED
from cluster_geo.errors import file_name
from cluster_geo.glossary import TRUSTS_SPREAD
from cluster_geo.phrases import counted, listed
from cluster_geo.rounding import change
from cluster_geo.schools.dates import in_words

MEASURES = {
    "clusters": "Clusters",
    "schools": "Schools in a cluster of the plan",
    "smallest": "Schools in the smallest cluster",
    "largest": "Schools in the largest cluster",
    "travel": "All journeys to central schools together ({unit})",
    "travel_mean": "Mean journey to the central school ({unit})",
    "travel_worst": "Longest journey to a central school ({unit})",
    "km": "The same in straight lines, together (km)",
    "km_mean": "Mean straight line (km)",
    "km_worst": "Longest straight line (km)",
    "srps": "Schools with an SRP",
    "without_srp": "Clusters without an SRP",
    "trust_pieces": TRUSTS_SPREAD,
    "trust_pieces_beyond": f"{TRUSTS_SPREAD}, beyond the fewest possible",
    "pupils": "Pupils",
    "ehcp": "Pupils with an EHCP",
    "sen_support": "Pupils on SEN support",
}


def measure_titles(unit: str, own: Iterable[OwnColumn] = ()) -> dict[str, str]:
    """Return what each measure of a whole plan is called.

    Parameters
    ----------
    unit : str
        Of travel.
    own : iterable of OwnColumn
        The planner's own columns, which are measures too.
    """
    titles = {name: title.format(unit=unit) for name, title in MEASURES.items()}
    return titles | {column.name: column.heading for column in own}


def decimals_of(measure: str) -> int:
    """Return with how many decimals a measure is printed."""
    return 1 if measure.startswith(("travel", "km")) or measure not in MEASURES else 0


def comparison_sentences(comparison: Comparison) -> list[str]:
    """Return the comparison in a few sentences, the most important first."""
    touched = comparison.touched
    sentences = [_moving(touched), _clusters(comparison.clusters), *_left_out(comparison)]
    if len(comparison.moves):
        sentences.append(_affected(touched))
    if touched["new_hub"]:
        schools = counted(int(touched["new_hub"]), "school")
        sentences.append(
            f"The central school changes for {schools}, including any that do not move."
        )
    sentences += [_judged_by(comparison), _score(comparison)]
    sentences += funding_sentences(comparison.funding)
    for which, side in (("first", comparison.before), ("second", comparison.after)):
        if not side.audit.kept:
            faults = counted(len(side.audit.broken), "way")
            sentences.append(f"The {which} plan breaks requirements in {faults}.")
        if side.names is not None:
            sentences.append(_reading(which, side.names))
    return sentences


def _moving(touched: pd.Series) -> str:
    of = f"of the {counted(int(touched['schools']), 'school')}"
    if not touched["moving"]:
        text = f"None {of} moves from one cluster to another"
    else:
        verb = "moves" if touched["moving"] == 1 else "move"
        text = f"{touched['moving']:,} {of} {verb} from one cluster to another"
    more = [
        f"{touched[key]:,} {'is' if touched[key] == 1 else 'are'} only in the {which} plan"
        for key, which in (("leaving", "first"), ("joining", "second"))
        if touched[key]
    ]
    return f"{'; '.join([text, *more])}."


def _clusters(clusters: pd.DataFrame) -> str:
    counts = clusters["change"].value_counts()
    old = len(clusters) - int(counts.get("new", 0))
    same = int(counts.get("unchanged", 0))
    if same == len(clusters):
        return f"All {same:,} clusters have the same schools in both plans."
    stay = "is unchanged" if same == 1 else "are unchanged"
    parts = [
        f"{f'{same:,}' if same else 'None'} of the first plan's {counted(old, 'cluster')} {stay}"
    ]
    if changed := int(counts.get("changed", 0)):
        parts.append(f"{changed:,} {'has' if changed == 1 else 'have'} different schools")
    parts += [
        f"{counts[kind]:,} {'is' if counts[kind] == 1 else 'are'} {kind}"
        for kind in ("gone", "new")
        if kind in counts
    ]
    return f"{'; '.join(parts)}."


def _affected(touched: pd.Series) -> str:
    known = touched.dropna()
    pupils = _some(known["pupils"], "pupil") if "pupils" in known else "an unknown number of pupils"
    kinds = {"ehcp": "with an EHCP", "sen_support": "on SEN support"}
    if of_these := [f"{known[name]:,} {text}" for name, text in kinds.items() if name in known]:
        pupils += f" ({', '.join(of_these)})"
    trusts = _some(touched["trusts"], "multi-academy trust")
    text = f"This touches {listed([trusts, pupils, _some(touched['srps'], 'SRP')])}"
    if "pupils" in known and (unknown := int(known["pupils_unknown"])):
        text += f"; for {counted(unknown, 'school')} the number of pupils is not known"
    return f"{text}."


def _some(number: int, thing: str) -> str:
    """Return "no pupil", "1 pupil", "1,203 pupils"."""
    if number <= 1:
        return f"{number or 'no'} {thing}"
    return f"{number:,} {thing}s"


def _judged_by(comparison: Comparison) -> str:
    """Return by which rules and which schools both plans are judged."""
    county = comparison.county
    files = [file_name(source.path) for source in county.sources if source.role == "schools"]
    schools = f"the schools in {listed(files)}" if files else "the same schools"
    as_at = f" as at {in_words(county.schools.as_at)}" if county.schools.as_at else ""
    title = comparison.disclosed.brief.title
    judged = f"Both plans are judged by the rules of “{title}” and {schools}{as_at}."
    return f"{judged} {comparison.preferences}".rstrip()


def _score(comparison: Comparison) -> str:
    """Return the scores over the schools of both plans; a verdict only where that is the whole."""
    if not comparison.common[0].plan.clusters:
        return "No school is in both plans, so their scores cannot be compared."
    first, second = comparison.scores
    start = f"The first plan scores {first:,.1f}"
    if any(comparison.only):
        both = counted(sum(map(len, comparison.common[0].plan.clusters)), "school")
        start = f"Over the {both} that both plans hold, the first scores {first:,.1f}"
    difference = change(first, second)
    if not difference:
        return (
            f"{start} and so does the second.{'' if comparison.alike else _no_verdict(comparison)}"
        )
    more = "more" if difference > 0 else "less"
    text = f"{start}, the second {second:,.1f}: {abs(difference):,.1f} {more}"
    if comparison.alike:
        return f"{text}, which is {'worse' if difference > 0 else 'better'}."
    return f"{text}.{_no_verdict(comparison)}"


def _no_verdict(comparison: Comparison) -> str:
    return f" That does not make either plan the better one: {_unlike(comparison)}."


def _left_out(comparison: Comparison) -> list[str]:
    """Say what of either plan the comparison does not hold, though the plan's file does."""
    found = []
    for which, side in (("first", comparison.before), ("second", comparison.after)):
        parts = [
            counted(len(urns), thing, things)
            for urns, thing, things in (
                (side.audit.unknown, "URN not in the register", "URNs not in the register"),
                (side.audit.doubled, "second listing of a school", "second listings of schools"),
            )
            if urns
        ]
        if parts:
            found.append(f"Left out of the {which} plan here: {listed(parts)}.")
    return found


def _unlike(comparison: Comparison) -> str:
    """Return why two scores say nothing about which plan is better."""
    reasons = ["they do not hold the same schools"] if any(comparison.only) else []
    sides = (comparison.before, comparison.after)
    if any(s.names is not None and (s.names["how"] == UNMATCHED).any() for s in sides):
        reasons.append("not every name of the list was matched")
    broken = [
        which
        for which, side in (("first", comparison.before), ("second", comparison.after))
        if not side.audit.kept
    ]
    if broken:
        plans = "both break" if len(broken) > 1 else f"the {broken[0]} breaks"
        reasons.append(f"{plans} requirements")
    return listed(reasons)


def _reading(which: str, names: pd.DataFrame) -> str:
    counts = names["how"].value_counts()
    missing = int(counts.get(UNMATCHED, 0))
    unsure = len(names) - missing - int(counts.get(BY_URN, 0)) - int(counts.get(SAME, 0))
    text = f"The {which} plan is a published list of {counted(len(names), 'row')}"
    check = f"{unsure} matched by a name that is not quite the same (please check), "
    return f"{text}: {check if unsure else ''}{missing or 'none'} not matched with a school."
