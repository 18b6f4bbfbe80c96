"""The kind of a rule: hard, priced or only shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, cast

from cluster_geo.rules.model import ClusterModel

if TYPE_CHECKING:
    from cluster_geo.rules.rule import Rule

Kind = Literal["hard", "priced", "shown"]


def kind_of(rule: Rule) -> Kind:
    """Return the kind of a rule; a rule that adds nothing to a cluster model is only shown."""
    if rule.hard:
        return "hard"
    listener = _Listener()
    rule.formulate(cast("ClusterModel", listener))
    return "priced" if listener.heard else "shown"


class _Listener:
    """A cluster model that only records whether a rule adds anything to it."""

    def __init__(self) -> None:
        self.heard = False

    def __getattr__(self, word: str) -> Callable[..., None]:
        self.heard = True
        return lambda *_: None
