"""How the preferences of a scenario are judged of plans that are there already, and the words."""

from __future__ import annotations

from collections.abc import Iterable

from cluster_geo.phrases import listed
from cluster_geo.rules import Rulebook
from cluster_geo.scenario.model import Scenario

NOT_RECORDED = (
    "No record of a run says which preferences became requirements, so each is judged by its "
    "weight: {}."
)
BY_WEIGHT = (
    "In the run of this plan no preference became a requirement, so each is judged by its weight: "
    "{}."
)
APART = (
    "The runs of the two plans made different preferences requirements; one that only one of them "
    "made a requirement is judged by its weight in both plans: {}."
)


def about_preferences(scenario: Scenario, rulebook: Rulebook) -> str:
    """Say how preferences are judged that a run may have made requirements; "" if there are none.

    Parameters
    ----------
    scenario : Scenario
        `granted` tells what is known of the run.
    rulebook : Rulebook
        The scenario's, for the headings of the rules.
    """
    names = scenario.wishes()
    if not names:
        return ""
    if scenario.granted is None:
        return NOT_RECORDED.format(_headings(names, rulebook))
    if not scenario.granted:
        return BY_WEIGHT.format(_headings(names, rulebook))
    return (
        f"Requirements here, as in the run of this plan: {_headings(scenario.granted, rulebook)}."
    )


def agreed(
    scenario: Scenario, runs: Iterable[tuple[str, ...] | None]
) -> tuple[Scenario, tuple[str, ...]]:
    """Return a scenario by which plans of several runs can be judged alike.

    A preference is a requirement where every run that is known made it one.

    Parameters
    ----------
    scenario : Scenario
    runs : iterable of tuple of str or None
        Requirements of each plan's run, None where none is known.

    Returns
    -------
    scenario, apart
        With `granted`; and the preferences that some of the runs made requirements, and not all.
    """
    known = [scenario.as_granted(run).granted or () for run in runs if run is not None]
    if not known:
        return scenario, ()
    every = set(known[0]).intersection(*known)
    apart = tuple(name for name in scenario.wishes() if name in set().union(*known) - every)
    return scenario.as_granted(every), apart


def about_agreed(scenario: Scenario, apart: tuple[str, ...], rulebook: Rulebook) -> str:
    """Say how the preferences of two plans compared are judged, as `agreed` has found it."""
    if apart:
        return APART.format(_headings(apart, rulebook))
    return about_preferences(scenario, rulebook).replace("run of this plan", "run of these plans")


def _headings(settings: Iterable[str], rulebook: Rulebook) -> str:
    headings = {rule.setting: rule.heading for rule in rulebook.rules}
    return listed([f"“{headings.get(name, name)}”" for name in settings])
