"""Tolerances: the differences that count as rounding when something is judged or proven.

Each has the reason for its size, and what it is relative to. Parameters that steer a search, which
users may set, are in `optimise.params`. Tolerances are constants in compiled code, so
`compiled.disk` includes this file in its digest of the sources.
"""

from __future__ import annotations

# --- Sums of floats, in the unit that is summed -------------------------------------------------

# Two sums of the same amounts in another order count as equal: no tie, limit or gain is decided by
# less. A few hundred amounts below 10,000 add up to within 1e-10 in any order, and no figure
# that a planner gives differs by so little.
SAME_SUM = 1e-9
# The same of a share of such a sum, as decimals to which it is rounded.
SAME_DECIMALS = 9
# Charges of one cluster with two hubs, a dozen amounts each, added in the same order: only the
# last bits differ in a tie. Annealing pays this much, so it is the smallest tolerance.
SAME_HUB = 1e-12
# Scores of two plans, in km-equivalents: thousands of amounts, added cluster by cluster here and
# rule by rule there.
SAME_SCORE = 1e-6
# How far the bound of one search may be above the score of another's plan, relative to that score:
# the rules judge the plan again, and add up in another order than either search.
REJUDGED = 1e-6
# Half of the last decimal shown, in km-equivalents: a reader cannot see less.
HALF_SHOWN = 0.05

# --- A search, in its own unit of cost -----------------------------------------------------------

# Charge of a school, in units, for which the tolerances of a search are chosen: `Problem.unit` is
# such that a school is charged one to two times as much whatever the prices are.
USUAL = 2.0
# A bound is a sum of some thousand floats, and is lowered by this much to be safe.
SAFETY = 1e-6
# A bound that exceeds a cost by more than this part of it, plus `SAFETY`, contradicts it: sums of
# the same thousand floats in another order differ by far less.
CONTRADICTION = 1e-9
# Tolerance of pricing for one hub: at least the first, so that it can end at all, and at most the
# second, so that the bound stays tight.
LEAST_PRICING, MOST_PRICING = 1e-6, 1e-2
# A relaxation this close to the true reduced cost counts as exact, because duals and multipliers
# are no more accurate. It is a tenth of `LEAST_PRICING`, so that pricing can end.
RELAXED = 1e-7
# An integer master's plan must be better than the incumbent by more than this, because the solver
# sums in its own order, and its ones are exact only to its tolerance.
BETTER_COVER = 1e-7
# Temperatures are relative to the charge of a school, or to this if nothing is charged.
LEAST_SCALE = 1e-6

# --- HiGHS, whose own tolerance is 1e-7 on a scaled model and 1e-6 on an integer one -------------

# Slacks of a master below this, as a fraction of a cover, are zero to the simplex method.
SLACK = 1e-7
# A weight of a master closer to 0 or 1 than this is 0 or 1; and its accurate decimals.
WEIGHT = 1e-6
WEIGHT_DECIMALS = 6
# A binary variable above this is one: no value is ever near it, whatever the tolerance.
HALF = 0.5
# Largest violation of a row or a bound, relative to the size of its terms: ten times the solver's
# own tolerance.
MISSED = 1e-5
# The bound of an integer programme is as accurate as the solver's tolerance, relative to its size.
INTEGER_BOUND = 1e-6
# A bound this little above a whole number is rounded down to it: a hundred rows, each violated by
# `MISSED`.
WHOLE_BOUND = 1e-3
# HiGHS stops when incumbent and bound are this close, whatever the gap requested; a gap this small
# requests the optimum.
NO_GAP = 1e-9
# HiGHS treats costs of 1e20 as infinite, and becomes unreliable long before.
LARGEST = 1e15

# A claim of a certificate holds if no cluster is cheaper by more than this, in the search's unit of
# cost: the integer programme that looks for one keeps its rows to 1e-6, and a bound that is lower
# by this much for each cluster of a plan differs in no decimal that is shown.
CLAIM = 1e-5
# Largest amount of a certificate, in the same unit: a double of this size is rounded by 1e-7 units,
# a tenth of what the solver keeps its rows to. Those of a search are a few hundred.
LARGEST_CLAIM = 1e9

# --- The clock, in seconds -----------------------------------------------------------------------

# The shortest time, so that it can be divided by.
TICK = 1e-9
