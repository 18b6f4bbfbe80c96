"""Rules with a price: shown only where it is 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from cluster_geo.county import County
from cluster_geo.rules.change import EXCEPTION, FIRST_EXCEPTION, Turn
from cluster_geo.rules.kind import kind_of
from cluster_geo.rules.rule import Rule


class Priced(Rule):
    """A dataclass with a field `price`: what a cluster is charged each time, 0 to show only."""

    if TYPE_CHECKING:

        @property
        def price(self) -> float | Mapping[str, float]:
            """Price of each time, in the currency of travel."""

    def _with(self, **changed: object) -> Rule:
        return cast("Rule", replace(cast("Any", self), **changed))

    def turns(self, county: County) -> Iterator[Turn[Rule]]:
        """Yield the rule given up where it is hard, and left out of account where it is priced."""
        yield from super().turns(county)
        if kind_of(self) == "priced":
            words = f"{self.name} left out of account"
            yield Turn("relaxed", words, self._with(price=0.0), looser=True)

    def at_first(self) -> Rule:
        """Return the rule with exceptions at the price at which a first plan is looked for."""
        return self._with(price=FIRST_EXCEPTION) if self.price == EXCEPTION else self


class PricedOrHard(Priced):
    """A dataclass with fields `price` and `hard`: hard, it charges nothing."""

    @property
    def says_anything(self) -> bool:
        """Whether some cluster could break the rule."""
        return True

    def free_where_kept(self, county: County) -> bool:  # noqa: ARG002
        """Whether a cluster that keeps the rule without exception is charged nothing by it.

        Then no plan scores less once the rule is hard. It is claimed only by rules that know it.
        """
        return False

    def turns(self, county: County) -> Iterator[Turn[Rule]]:
        """Yield the same, and the rule made hard."""
        yield from super().turns(county)
        if not self.hard and self.says_anything:
            yield Turn(
                "tightened",
                f"{self.name} kept without exception",
                self._with(price=0.0, hard=True),
                tighter=self.free_where_kept(county),
            )
