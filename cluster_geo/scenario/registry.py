"""The kinds of rule that scenarios can use: those that are built in, and others.

Others are registered with `register_rule`, or by installing a package that declares them as entry
points of the group `cluster_geo.rules`, in which case the command can use them too. The section of
such a kind is read, validated, recorded and written into the template like any other.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from cluster_geo.scenario.kinds import RuleKind
from cluster_geo.scenario.ties import BUILT_IN

GROUP = "cluster_geo.rules"
_KINDS = {kind.section: kind for kind in BUILT_IN}


def register_rule(kind: RuleKind) -> None:
    """Register a kind of rule, so that scenarios can have its section.

    Raises
    ------
    ValueError
        If another kind has the same section.
    """
    if _KINDS.setdefault(kind.section, kind) != kind:
        raise ValueError(f"there is already a section {kind.section!r}")


def forget_rule(kind: RuleKind) -> None:
    """Remove a registered kind."""
    _KINDS.pop(kind.section, None)


def rule_kinds() -> tuple[RuleKind, ...]:
    """Return every kind of rule: built in, registered, then installed."""
    return (*_KINDS.values(), *(kind for kind in _installed() if kind.section not in _KINDS))


@cache
def _installed() -> tuple[RuleKind, ...]:
    return tuple(entry.load() for entry in sorted(entry_points(group=GROUP)))
