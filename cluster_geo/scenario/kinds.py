"""Kinds of rule that a scenario can ask for, each with a section of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cluster_geo.county import County
from cluster_geo.records import Notice
from cluster_geo.rules import PlanRule, Rule
from cluster_geo.scenario.sections import Section
from cluster_geo.schools import Schools


@dataclass(frozen=True)
class Ask:
    """What rules are made from, in addition to the settings of their section.

    Parameters
    ----------
    county : County
    wishes : mapping of str to bool
        Whether each rule that is hard if possible is hard, by its setting.
    content : object
        What the kind read from its files when the county was read; None if it reads no files or
        none is named.
    """

    county: County
    wishes: Mapping[str, bool]
    content: Any = None

    @cached_property
    def names(self) -> Mapping[int, str]:
        """Names of the schools."""
        return self.county.schools.names

    def strength(self, setting: str, rule: str, weight: float) -> tuple[bool, float]:
        """Return whether a rule is hard, and the price of breaking it if it is not."""
        hard = rule == "hard" or (rule == "hard-if-possible" and self.wishes.get(setting, False))
        return hard, 0.0 if hard or rule == "shown" else weight


def _none(settings: object, ask: Ask) -> Iterable[PlanRule]:  # noqa: ARG001
    """Make no rule over the plan."""
    return ()


@dataclass(frozen=True)
class Reading:
    """What a kind of rule read from its files.

    Parameters
    ----------
    content : object
        Passed to `make` as `Ask.content`.
    notices : tuple of Notice
        What was left out or repaired.
    """

    content: object
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class RuleKind:
    """A kind of rule.

    Parameters
    ----------
    section : str
        Name of its section in a scenario.
    settings : type of Section
        Class of the section, each setting with a default and a description. If it has a setting
        `rule` of type `values.Wish`, the rule can be "hard-if-possible"; then the rule's
        `setting` must be the name of the section, which is the default if the rule has that name.
    make : callable
        Makes the rules over a cluster from the section and its `Ask`.
    over_plan : callable, optional
        Makes rules over the plan.
    read : callable, optional
        Reads the files of the section, by their settings within it, once, while the county is
        read; not called if no file is named. It is given all schools of the county, while `make`
        may be given fewer. Its result must depend on nothing else, so that a scenario may change
        every other setting of the section without reading the files again.
    """

    section: str
    settings: type[Section]
    make: Callable[[Any, Ask], Iterable[Rule]]
    over_plan: Callable[[Any, Ask], Iterable[PlanRule]] = _none
    read: Callable[[Mapping[str, Path], Schools], Reading] | None = None
