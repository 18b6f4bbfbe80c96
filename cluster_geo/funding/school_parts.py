"""Each school's part of a pot, so far as it does not depend on the plan: for a rule of balance."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd

from cluster_geo.county import County
from cluster_geo.funding.facts import HUNDREDTHS, school_units
from cluster_geo.funding.pence import PENCE_IN_A_POUND, apportion
from cluster_geo.funding.pot import CLUSTERS, TRAVEL, Pot, Term


def is_linear(term: Term) -> bool:
    """Whether a term gives each school the same in every plan."""
    return TRAVEL not in (term.column, term.only) and term.column != CLUSTERS


def school_parts(pot: Pot, county: County) -> pd.Series:
    """Return what the terms that do not depend on the plan give each school, in pounds, by URN.

    A sum for each cluster, journeys and protection depend on the plan and are left out. A term of
    a share gives the schools its part of what is shared; one of a rate its pounds for each unit,
    not scaled. A school without a figure has none of that term.

    Parameters
    ----------
    pot : Pot
    county : County
    """
    left = 100 - pot.reserve - pot.contingency
    _, _, rest = apportion(pot.amount, [pot.reserve, pot.contingency, left])
    sums = dict.fromkeys(county.urns, Fraction(0))
    for term in filter(is_linear, pot.terms):
        counted, _ = school_units(term, county)
        whole = sum(counted.values())
        for urn, units in counted.items():
            if term.share is not None and whole:
                sums[urn] += rest * term.share / 100 * Fraction(units, whole)
            elif term.rate is not None:
                sums[urn] += Fraction(term.rate * units, HUNDREDTHS)
    return pd.Series(
        np.array([float(sum_ / PENCE_IN_A_POUND) for sum_ in sums.values()]),
        index=county.schools.table.index,
    )
