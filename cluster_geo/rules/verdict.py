"""The result of judging one cluster by one rule."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule's judgement of one cluster.

    Parameters
    ----------
    kept : bool
        False when a hard rule is broken; a priced rule is always kept.
    price : float
        What the cluster is charged, in the currency of travel (km, or minutes with a matrix
        of minutes); 0 for a hard rule.
    count : float
        The rule's own measure: schools outside, trusts present, SRPs missing, km of travel.
    words : str
        What was found, with names and figures, if the rule is broken or charges; else "".
    """

    kept: bool = True
    price: float = 0.0
    count: float = 0.0
    words: str = ""
