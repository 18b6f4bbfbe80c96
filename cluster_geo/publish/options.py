"""Several plans side by side, as their audience may see them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from cluster_geo.alternatives import Agreement, Option, Options
from cluster_geo.audience import Disclosure
from cluster_geo.county import County
from cluster_geo.publish.edition import Edition, edition_of
from cluster_geo.rounding import share_up


@dataclass(frozen=True, eq=False)
class OptionsPublication:
    """Options as their audience may see them.

    Making one is what withholds, as with a `Publication`.

    Parameters
    ----------
    disclosed : Disclosure
        The options' county, as the audience may see it, and what was asked.
    found : Options
        Held with what the audience may see.
    doubted : Agreement, optional
        What stays settled under doubt about the inputs; held likewise.
    """

    disclosed: Disclosure
    found: Options
    doubted: Agreement | None = None

    def __post_init__(self) -> None:
        schools = self._with_pupils(self.found.agreed).schools
        options = tuple(map(self._fit, self.found.options))
        found = replace(
            self.found,
            county=self.county,
            rulebook=self.disclosed.rulebook(self.found.rulebook),
            options=options,
            table=self._table(options),
            schools=schools,
        )
        object.__setattr__(self, "found", found)
        if self.doubted is not None:
            object.__setattr__(self, "doubted", self._with_pupils(self.doubted))

    @property
    def county(self) -> County:
        """The county, without the counts that are withheld from the audience."""
        return self.disclosed.county

    @property
    def edition(self) -> Edition:
        """Which plan these are options of."""
        return edition_of(self.disclosed)

    def _fit(self, option: Option) -> Option:
        seen = self.disclosed.audit(option.audit)
        if not self.disclosed.about_left_out(self.found.rulebook):
            return replace(option, audit=seen)
        result = self.disclosed.result(option.result, self.found.rulebook)
        first = self.disclosed.audit(self.found.options[0].audit).cost
        beyond = (seen.cost - first) / first if first else 0.0
        return replace(option, audit=seen, cost=seen.cost, beyond=beyond, result=result)

    def _table(self, options: tuple[Option, ...]) -> pd.DataFrame:
        """Return the options side by side, with the scores that may be seen."""
        table = self.found.table
        if table.empty or not self.disclosed.about_left_out(self.found.rulebook):
            return table
        seen = {option.name: option for option in options}
        return table.assign(
            beyond=[seen[str(name)].beyond for name in table.index],
            cost=[seen[str(name)].cost for name in table.index],
            bound=None,
            gap=table["gap"].map(share_up, na_action="ignore"),
        )

    def _with_pupils(self, agreed: Agreement) -> Agreement:
        """Return an agreement whose schools have the numbers of pupils that may be seen."""
        pupils = self.county.schools.table["pupils"].loc[agreed.schools.index]
        return replace(agreed, schools=agreed.schools.assign(pupils=pupils))
