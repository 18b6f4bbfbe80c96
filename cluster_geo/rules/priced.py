"""Rules with a price, which are only shown if it is 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from cluster_geo.county import County
from cluster_geo.rules.change import EXCEPTION, FIRST_EXCEPTION, Turn
from cluster_geo.rules.kind import kind_of
from cluster_geo.rules.rule import Rule


class Priced(Rule):
    """A dataclass with a field `price`: the charge for each time the rule is broken; 0 to show."""

    if TYPE_CHECKING:

        @property
        def price(self) -> float | Mapping[str, float]:
            """Price each time, in the unit of travel."""

    def _with(self, **changed: object) -> Rule:
        return cast("Rule", replace(cast("Any", self), **changed))

    def turns(self, county: County) -> Iterator[Turn[Rule]]:
        """Yield the rule given up if it is hard, and without its weight if it is priced."""
        yield from super().turns(county)
        if kind_of(self) == "priced":
            words = f"“{self.heading}” without weight"
            yield Turn("relaxed", words, self._with(price=0.0), looser=True)

    def at_first(self) -> Rule:
        """Return the rule with the price of exceptions for the search for a first plan."""
        return self._with(price=FIRST_EXCEPTION) if self.price == EXCEPTION else self


class PricedOrHard(Priced):
    """A dataclass with fields `price` and `hard`; if it is hard it charges nothing."""

    @property
    def says_anything(self) -> bool:
        """Whether some cluster could break the rule."""
        return True

    def free_where_kept(self, county: County) -> bool:  # noqa: ARG002
        """Whether the rule charges nothing for a cluster that keeps it without exception.

        If so, making the rule hard cannot lower the score of any plan. The default is the safe
        answer.
        """
        return False

    def turns(self, county: County) -> Iterator[Turn[Rule]]:
        """Yield the same variants, and the rule made hard."""
        yield from super().turns(county)
        if not self.hard and self.says_anything:
            yield Turn(
                "tightened",
                f"“{self.heading}” met without exception",
                self._with(price=0.0, hard=True),
                tighter=self.free_where_kept(county),
            )
