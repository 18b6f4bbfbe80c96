"""A demand: a part of a hard rule that a council could give up on its own."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Demand:
    """One thing that must hold, and that could be given up without giving up anything else.

    Parameters
    ----------
    rule : str
        Name of the rule it is a part of.
    part : str
        Which part: "low", "high", "primaries", "secondaries", the key of a group, or "" for
        the whole rule.
    words : str
        One clause in a planner's words ("a cluster has at most 14 schools").
    """

    rule: str
    part: str = ""
    words: str = field(default="", compare=False)
