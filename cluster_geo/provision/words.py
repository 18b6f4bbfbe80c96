"""What a question of provision came to, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cluster_geo.phrases import counted, in_short, listed
from cluster_geo.provision.answer import Choice, Provision, Step, Taken
from cluster_geo.provision.question import CHANGED, EXPANDED, NEW, Question
from cluster_geo.rounding import down, percent_up, up

MEASURES = {
    NEW: ("new provision", "new provisions"),
    EXPANDED: ("provision with more places", "provisions with more places"),
    CHANGED: ("provision with its spare places changed", "provisions with spare places changed"),
}


def title_words(asked: Question) -> str:
    """Return what is asked, as a heading."""
    parts = [counted(number, *MEASURES[kind]) for kind, number in asked.most.items() if number]
    return f"{asked.need}, {asked.phase}: where {listed(parts)} would help most"


def score_words(found: Provision) -> str:
    """Say what the score is made of."""
    asked, unit = found.question, found.unit
    gaps = ""
    if found.areas.thing:
        gaps = (
            f", plus {asked.gap:g} for each {found.areas.thing} with a primary provision for "
            f"{asked.need} and no way on"
        )
    return (
        f"The score adds up the journeys of all pupils one way, in {unit}, plus {asked.price:g} "
        f"for each pupil without a place{gaps}. Nobody travels further than {asked.reach:g} "
        f"{unit}. It is not money."
    )


def outcome_words(found: Provision, choice: Choice, most: int = 0) -> str:
    """Say how pupils fare with a choice; `most` areas without a pathway are named."""
    outcome, unit = choice.outcome, found.unit
    total = outcome.placed + outcome.without
    if outcome.without < LEAST_SHOWN:
        parts = [f"All {total:,.1f} pupils have a place within {found.question.reach:g} {unit}"]
    else:
        none = f"{outcome.without:,.1f} have no place within {found.question.reach:g} {unit}"
        parts = [f"Of {total:,.1f} pupils, {none}"]
    if outcome.mean is not None:
        parts.append(f"a journey is {outcome.mean:.1f} {unit} on average")
    sentence = "; ".join(parts) + "."
    if found.areas.thing:
        sentence += f" {gap_words(found, choice, most)}"
    return sentence


# Fewer pupils than this are nobody: the remainder of a sum.
LEAST_SHOWN = 0.05


def gap_words(found: Provision, choice: Choice, most: int = 0) -> str:
    """Say how many areas have a primary provision for the need and no way on.

    `most` of them are named.
    """
    thing, gaps = found.areas.thing, choice.outcome.gaps
    if not gaps:
        return f"Every {thing} with a primary provision for {found.question.need} has a pathway."
    names = f": {in_short(gaps, most)}" if most else ""
    have = "has" if len(gaps) == 1 else "have"
    return f"{counted(len(gaps), thing)} {have} a primary provision and no pathway{names}."


def certainty_words(found: Provision, choice: Choice) -> str:
    """Say how sure a choice is."""
    rank = found.choices.index(choice) + 1
    which = "No choice" if rank == 1 else "No other choice that differs from those above"
    if choice.distance <= 0:
        return f"{which} scores less: proven."
    return f"{which} scores less by more than {percent_up(choice.distance)}: proven."


def taken_words(found: Provision, taken: Taken) -> str:
    """Describe a site that is chosen."""
    site = taken.site
    area = f", {listed(taken.areas)}" if taken.areas else ""
    what = {
        NEW: f"{site.places:g} new places",
        EXPANDED: f"{site.places:g} more places",
        CHANGED: f"{site.places:g} spare places for {found.question.need}",
    }[site.kind]
    journey = "" if taken.journey is None else f", {taken.journey:.1f} {found.unit} on average"
    return f"{site.name}{area}: {what}, {taken.pupils:.1f} pupils{journey}"


def effect_words(found: Provision, choice: Choice) -> Iterator[str]:
    """Say what a choice means for the clusters or districts, which stay as they are."""
    thing = found.areas.thing
    if not thing:
        return
    closed = [name for name in found.today.outcome.gaps if name not in choice.outcome.gaps]
    if closed:
        yield f"{counted(len(closed), thing)} would gain a pathway: {listed(closed)}."
    if choice.first:
        yield f"{counted(len(choice.first), thing)} would gain a first SRP: {listed(choice.first)}."


def step_rows(curve: Sequence[Step]) -> list[dict[str, str]]:
    """Return what each measure more is worth, its limits rounded away from each other."""
    return [
        {
            "measures": str(step.measures),
            "score": up(step.cost),
            "without": f"{step.without:,.1f}",
            "worth": ""
            if step.least is None or step.most is None
            else f"{down(step.least)} to {up(step.most)}",
        }
        for step in curve
    ]
