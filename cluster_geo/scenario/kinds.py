"""Kinds of rule that a scenario can ask for, each in a section of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cluster_geo.county import County
from cluster_geo.rules import PlanRule, Rule
from cluster_geo.scenario.sections import Section


@dataclass(frozen=True)
class Ask:
    """What rules are made from, beside the settings of their section.

    Parameters
    ----------
    county : County
    wishes : mapping of str to bool
        For each rule asked to be hard if possible, by its setting, whether it is hard.
    """

    county: County
    wishes: Mapping[str, bool]

    @cached_property
    def names(self) -> Mapping[int, str]:
        """Names of the schools."""
        return self.county.schools.names

    def strength(self, setting: str, rule: str, weight: float) -> tuple[bool, float]:
        """Whether a rule is hard, and the price of breaking it where it is not."""
        hard = rule == "hard" or (rule == "hard-if-possible" and self.wishes.get(setting, False))
        return hard, 0.0 if hard or rule == "shown" else weight


def _none(settings: object, ask: Ask) -> Iterable[PlanRule]:  # noqa: ARG001
    """Make no rule over the plan."""
    return ()


@dataclass(frozen=True)
class RuleKind:
    """A kind of rule.

    Parameters
    ----------
    section : str
        Name of its section in a scenario.
    settings : type of Section
        What the section holds, each setting with a default and a description. With a setting
        `rule` of the type `values.Wish`, it can be asked for "hard-if-possible": then the
        rule's own `setting` must be the name of the section, as it is where that is its name.
    make : callable
        Makes the rules over a cluster from the section and what else there is.
    over_plan : callable, optional
        Makes rules over the plan.
    """

    section: str
    settings: type[Section]
    make: Callable[[Any, Ask], Iterable[Rule]]
    over_plan: Callable[[Any, Ask], Iterable[PlanRule]] = _none
