"""The kinds of rule that scenarios can ask for: those that come with the tool, and others.

Another is registered by `register_rule`, or by its being installed: a package declares it as an
entry point of the group `cluster_geo.rules`, and then the command knows it too. The section of a
kind is read, checked, told and written into the template like any other, and its rules are made
beside the others.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from cluster_geo.scenario.kinds import RuleKind
from cluster_geo.scenario.ties import BUILT_IN

GROUP = "cluster_geo.rules"
_KINDS = {kind.section: kind for kind in BUILT_IN}


def register_rule(kind: RuleKind) -> None:
    """Let scenarios ask for a kind of rule.

    Raises
    ------
    ValueError
        Where another kind has that section.
    """
    if _KINDS.setdefault(kind.section, kind) != kind:
        raise ValueError(f"there is a section {kind.section!r} already")


def forget_rule(kind: RuleKind) -> None:
    """Take a registered kind away again."""
    _KINDS.pop(kind.section, None)


def rule_kinds() -> tuple[RuleKind, ...]:
    """Return every kind of rule: the tool's own, those registered, then those installed."""
    return (*_KINDS.values(), *(kind for kind in _installed() if kind.section not in _KINDS))


@cache
def _installed() -> tuple[RuleKind, ...]:
    return tuple(entry.load() for entry in sorted(entry_points(group=GROUP)))
