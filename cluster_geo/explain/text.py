"""An explanation in a planner's words, and as values for a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cluster_geo.county import County
from cluster_geo.explain.cures import Cure
from cluster_geo.explain.explanation import Clashing, Explanation
from cluster_geo.explain.reasons import Reason
from cluster_geo.explain.why import Move, Why
from cluster_geo.optimise.certainty import failed
from cluster_geo.phrases import counted, named
from cluster_geo.plan import Plan
from cluster_geo.rounding import up
from cluster_geo.rules import Demand
from cluster_geo.tolerances import HALF_SHOWN

HEADS = {
    "possible": "There is a plan that meets every requirement.",
    "impossible": "It is proven that no plan meets the requirements.",
    "not proven": (
        "No plan that meets the requirements was found, and it is not proven that there is none."
    ),
}
ASIDE = "There is a plan that meets every requirement, apart from clusters frozen as they were."
SCORE_NOTE = (
    "The score is that of the schools concerned alone. Where a change brings in a "
    "neighbouring zone, the best score found for that zone on its own is subtracted. The change "
    "itself is not counted: the council decides what that is worth. A difference smaller than the "
    "distance from the best possible may not be real, and that distance covers only plans that "
    "make no more exceptions than the plan found."
)

MOVES_NOTE = (
    "Pinned there: a pin holds the school together with that cluster's central school. The two "
    "clusters and those between them were solved again under all the rules, and the others stayed "
    "as they are. The score is compared with that of the same clusters solved again without the "
    "pin."
)


def explanation_text(explanation: Explanation) -> str:
    """Return an explanation as text with the headings and lists of Markdown."""
    lines = [head_of(explanation)]
    if len(explanation.clashes) > 1:
        lines += [
            "",
            f"There are {len(explanation.clashes):,} separate reasons; each must be resolved.",
        ]
    for clash in explanation.clashes:
        lines += ["", f"## {clash.title}", "", *_why(clash), "", *_what_helps(clash)]
    if any(clash.cures for clash in explanation.clashes):
        lines += ["", SCORE_NOTE]
    lines += ["", *explanation.statements] if explanation.statements else []
    return "\n".join(lines) + "\n"


def head_of(explanation: Explanation) -> str:
    """Say whether the requirements can be met, and whether that is proven."""
    if explanation.status == "possible" and explanation.aside:
        return ASIDE
    return HEADS[explanation.status]


def _why(clash: Clashing) -> Iterator[str]:
    reason = clash.reason
    yield from reason.words
    if not reason.words:
        yield "Counting does not show it, but the search proved that these cannot all be kept:"
    else:
        yield "These cannot all be kept:"
    for demand in reason.demands:
        yield f"- {demand.words} ({settled(demand, reason)})"
    if reason.smallest:
        yield "Counting finds no clash here between fewer of these rules."


def settled(demand: Demand, reason: Reason) -> str:
    """Say whether a demand is shown to be needed for a clash, which is proven either way."""
    if demand in reason.needed:
        return "without it, the others can be kept"
    return "it may or may not be needed for the clash"


def _what_helps(clash: Clashing) -> Iterator[str]:
    if not clash.cures:
        yield NO_CURE
        return
    yield f"{note_of(clash)}:"
    for number, cure in enumerate(clash.cures, start=1):
        yield f"{number}. {_opening(cure.words)} ({score_of(cure)})"


NO_CURE = "No change or set of changes was found to be enough."


def note_of(clash: Clashing) -> str:
    """Say whether the cures of a clash are single changes or sets of them, and their order."""
    tried = "; each was tried, and a plan of the schools concerned was found"
    if len({cure.same_area for cure in clash.cures}) > 1:
        tried += "; those that keep within the same wider area come first"
    sets = [len(cure.demands) > 1 for cure in clash.cures]
    if any(sets) and not all(sets):
        return f"Any one of these changes, or sets of changes made together, is enough{tried}"
    if any(sets):
        return (
            "No single change was found to be enough, but any one of these sets of changes, made "
            f"together, is{tried}"
        )
    return f"Any one of these changes is enough{tried}"


def score_of(cure: Cure) -> str:
    """Say the score of a cure, and how sure it is."""
    if cure.score is None:
        return "score not comparable: no plan was found for the neighbouring zone on its own"
    text = f"score {cure.score:,.1f}"
    if cure.distance is None:
        return f"{text}, distance from the best possible not known"
    return f"{text}, at most {up(cure.distance)} from the best possible"


def _opening(words: str) -> str:
    return words[:1].upper() + words[1:]


def explanation_record(explanation: Explanation, unit: str) -> dict[str, Any]:
    """Return an explanation as JSON values, its plans as lists of URNs."""
    return {
        "status": explanation.status,
        "head": head_of(explanation),
        "unit": unit,
        "clashes": [_clash_record(clash) for clash in explanation.clashes],
        "plan": _plan_record(explanation.plan),
        "statements": list(explanation.statements),
        "seconds": explanation.seconds,
        "failure": explanation.failure,
    }


def _clash_record(clash: Clashing) -> dict[str, Any]:
    reason = clash.reason
    return {
        "title": clash.title,
        "schools": sorted(reason.schools),
        "proof": reason.proof,
        "counted": list(reason.words),
        "irreducible": reason.irreducible,
        "smallest": reason.smallest,
        "demands": [
            {
                "rule": demand.rule,
                "part": demand.part,
                "words": demand.words,
                "settled": settled(demand, reason),
                "without_it": _plan_record(reason.needed.get(demand)),
            }
            for demand in reason.demands
        ],
        "note": f"{note_of(clash)}." if clash.cures else NO_CURE,
        "cures": [
            {
                "loosens": [{"rule": d.rule, "part": d.part} for d in cure.demands],
                "words": cure.words,
                "score": cure.score,
                "distance": cure.distance,
                "same_area": cure.same_area,
                "schools": len(cure.schools),
                "plan": _plan_record(cure.plan),
            }
            for cure in clash.cures
        ],
    }


def _plan_record(plan: Plan | None) -> list[list[int]] | None:
    return None if plan is None else [list(cluster.members) for cluster in plan.clusters]


def why_text(found: Why, plan: Plan, county: County) -> str:
    """Return why a school is where it is, as text with the lists of Markdown."""
    names, unit = county.schools.names, county.travel.unit
    home = f"{found.cluster} {plan.names.get(found.cluster, '')}".rstrip()
    lines = [
        f"{named([found.urn], names)} is in cluster {home}.",
        _journey(found.urn, found.hub, found.travel, names, unit),
        "",
        "What keeps it there:",
        *(f"- {tie}" for tie in found.ties),
        "",
    ]
    if not found.moves:
        lines.append("It has no other cluster next to it.")
        return "\n".join(lines) + "\n"
    lines.append("Other clusters it could be in, best first:")
    for number, move in enumerate(found.moves, start=1):
        title = f"{move.cluster} {plan.names.get(move.cluster, '')}".rstrip()
        lines.append(f"{number}. {title}: {move.travel:.1f} {unit} to its central school.")
        lines += [f"   - {words}" for words in _of_move(move, names)]
    lines += ["", MOVES_NOTE]
    if found.improvable > HALF_SHOWN:
        lines.append(
            f"Solving these clusters again without the pin lowers the score by "
            f"{found.improvable:,.1f}: under the rules counted here, the plan was not the best "
            "possible."
        )
    lines += [
        failed(failure, "searches")
        for failure in dict.fromkeys(move.failure for move in found.moves if move.failure)
    ]
    return "\n".join(lines) + "\n"


def _journey(urn: int, hub: int, travel: float, names: Mapping[int, str], unit: str) -> str:
    if urn == hub:
        return "It is the central school of its cluster."
    return f"The central school is {named([hub], names)}, {travel:.1f} {unit} away."


def _of_move(move: Move, names: Mapping[int, str]) -> Iterator[str]:
    """Say what moving the school alone would do, then what it takes to do it well."""
    if move.breaks:
        yield f"moving only this school would break: {'; '.join(move.breaks)}"
    else:
        yield f"moving only this school changes the score by {move.moved:+,.1f}"
    if move.change is None:
        yield f"pinned there: {_without_change(move)}"
        return
    others = f", and {counted(len(move.others), 'other school')} would move" if move.others else ""
    yield f"pinned there: the score changes by {move.change:+,.1f}{others}"
    if move.others:
        yield f"others that would move: {named(move.others, names)}"
    if not move.resolved:
        sure = "not known" if move.distance is None else f"up to {up(move.distance)}"
        yield f"unresolved: the distance from the best possible is {sure}"


def _without_change(move: Move) -> str:
    """Say why the change of the score under a lock is not known."""
    if move.proven_impossible:
        return "it is proven that the nearby clusters cannot keep the rules"
    if move.uncompared:
        return "a plan was found, but none without the pin to compare it with"
    if move.failure:
        return "no plan for the nearby clusters was found, because the solver failed"
    return "no plan for the nearby clusters was found in the time allowed"
