"""Changes to a rule: one of its demands loosened, or a variant to see the rule's effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from cluster_geo.rules.rule import Rule

# Price of an exception in a search for a plan with few of them, in km of travel. It is left out of
# the scores shown, because how much a demand matters is for the council to decide.
EXCEPTION = 100.0
# At that price a search would hardly ever try an exception, so it starts from this one.
FIRST_EXCEPTION = 10.0
# Numbers of schools or clusters by which a limit is widened, tried in this order.
WIDER = range(1, 9)

AnyRule = TypeVar("AnyRule")


@dataclass(frozen=True)
class Loosened(Generic[AnyRule]):
    """A rule with one of its demands loosened: a change that a council could decide on.

    Parameters
    ----------
    words : str
        The change, as a request; "{found}" is replaced by a figure from the plan found.
    rule : Rule or PlanRule, or None
        Replaces the rule; None if nothing of it is left.
    beside : Rule or None
        A rule added, if another rule charges the exceptions.
    exception : str
        Name of the rule that counts the plan's exceptions, if there may be any.
    """

    words: str
    rule: AnyRule | None
    beside: Rule | None = None
    exception: str = ""


@dataclass(frozen=True)
class Turn(Generic[AnyRule]):
    """A rule relaxed, tightened or set to another range, to see its effect on a plan.

    Parameters
    ----------
    turn : str
        "relaxed", "tightened", a range of sizes as "6:10", or a limit as "at most 3".
    words : str
        The change, in a planner's words.
    rule : Rule or PlanRule, or None
        Replaces the rule; None if nothing of it is left.
    tighter : bool
        Whether no plan scores less than before.
    looser : bool
        Whether every plan that kept the rules still does, and is charged no more than before.
    frees_number : bool
        Whether the number of clusters becomes free if the asked number is impossible with it.
    """

    turn: str
    words: str
    rule: AnyRule | None
    tighter: bool = False
    looser: bool = False
    frees_number: bool = False
