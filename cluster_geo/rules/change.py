"""How a rule can be changed: loosened in one of its demands, or turned to see what it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from cluster_geo.rules.rule import Rule

# Price of an exception while one looks for the plan with few of them, in km of travel. Scores
# that are told leave it out: what a demand is worth is for the council to say.
EXCEPTION = 100.0
# At that price hardly any move makes one: the first plan is looked for at this one.
FIRST_EXCEPTION = 10.0
# Schools, or clusters, by which a limit is widened in turn.
WIDER = range(1, 9)

AnyRule = TypeVar("AnyRule")


@dataclass(frozen=True)
class Loosened(Generic[AnyRule]):
    """A rule with one of its demands loosened: a change that a council could decide.

    Parameters
    ----------
    words : str
        What is changed, as a request; with "{found}" for what only a plan can tell.
    rule : Rule or PlanRule, or None
        In the rule's place; None where nothing of it is left.
    beside : Rule or None
        A rule added, where exceptions are charged by another one.
    exception : str
        Name of the rule that counts the exceptions a plan makes, where it may make any.
    """

    words: str
    rule: AnyRule | None
    beside: Rule | None = None
    exception: str = ""


@dataclass(frozen=True)
class Turn(Generic[AnyRule]):
    """A rule relaxed, tightened or set to another range, to see what it is worth.

    Parameters
    ----------
    turn : str
        "relaxed", "tightened", a range of sizes as "6:10", or a limit as "at most 3".
    words : str
        What is asked, in a planner's words.
    rule : Rule or PlanRule, or None
        In the rule's place; None where nothing of it is left.
    tighter : bool
        Whether no plan scores less than it did.
    looser : bool
        Whether every plan that kept the rules still does, and is charged no more.
    frees_number : bool
        Whether the number of clusters is left free where it cannot be made so.
    """

    turn: str
    words: str
    rule: AnyRule | None
    tighter: bool = False
    looser: bool = False
    frees_number: bool = False
