"""Kinds of rule that a scenario can ask for, each in a section of its own."""

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
    """What rules are made from, beside the settings of their section.

    Parameters
    ----------
    county : County
    wishes : mapping of str to bool
        For each rule asked to be hard if possible, by its setting, whether it is hard.
    content : object
        What the kind has read from its files when the county was read; None where it reads none
        or none is named.
    """

    county: County
    wishes: Mapping[str, bool]
    content: Any = None

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
class Reading:
    """What a kind of rule has read from its files.

    Parameters
    ----------
    content : object
        What `make` is given as `Ask.content`.
    notices : tuple of Notice
        What was noticed in the files, and left out or repaired.
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
        What the section holds, each setting with a default and a description. With a setting
        `rule` of the type `values.Wish`, it can be asked for "hard-if-possible": then the
        rule's own `setting` must be the name of the section, as it is where that is its name.
    make : callable
        Makes the rules over a cluster from the section and what else there is.
    over_plan : callable, optional
        Makes rules over the plan.
    read : callable, optional
        Reads the files of the section, given by their settings within it, once, while the county
        is read; not called where none is named. It is given all schools of the county; `make` may
        be asked for fewer. What it returns depends on nothing else, so that a scenario may change
        every other setting of the section without being read again.
    """

    section: str
    settings: type[Section]
    make: Callable[[Any, Ask], Iterable[Rule]]
    over_plan: Callable[[Any, Ask], Iterable[PlanRule]] = _none
    read: Callable[[Mapping[str, Path], Schools], Reading] | None = None
