"""What counts as rounding: every tolerance by which something is judged, searched or proven.

A number stands here where it says which differences mean nothing; numbers that steer a search,
and may be set otherwise, are in `optimise.params`. Each has the reason for its size, and what it
is relative to. Compiled code has them built in: `compiled.disk` knows this file for that.
"""

from __future__ import annotations

# --- Sums of floats, in the currency or count that is summed ------------------------------------

# Two sums of the same amounts in another order are one sum: no tie, limit or gain is decided by
# less. A few hundred amounts below 10,000 add up to within 1e-10 in any order, and no figure
# that a planner gives differs by so little.
SAME_SUM = 1e-9
# Charges of one cluster with two hubs, a dozen amounts each, added in the same order: only the
# last bits of a tie. It is what the annealing pays, so it is less than any other tolerance.
SAME_HUB = 1e-12
# Scores of two plans, in km-equivalents: thousands of amounts, added cluster by cluster here and
# rule by rule there.
SAME_SCORE = 1e-6
# A bound of one search above the score of a plan of another, as a part of that score: the plan
# is judged anew, by rules that add up otherwise than either search.
REJUDGED = 1e-6
# What is below half of the last decimal shown is nothing to a reader; in km-equivalents.
HALF_SHOWN = 0.05

# --- A search, in its own unit of cost -----------------------------------------------------------

# Charge of a school, in units, that the tolerances of a search are made for: `Problem.unit` is
# chosen so that a school is charged one to two times as much whatever the prices are.
USUAL = 2.0
# A bound is a sum of some thousand floats: it is stated this much below what they add up to.
SAFETY = 1e-6
# A bound above a cost by more than this part of it, and `SAFETY`, contradicts it: sums of the
# same thousand floats in another order differ by far less.
CONTRADICTION = 1e-9
# How far pricing may stop from the best cluster of one hub: at least, so that it can end at all,
# and at most, so that no bound is loose for want of effort.
LEAST_PRICING, MOST_PRICING = 1e-6, 1e-2
# A relaxation this near to what it stands for is exact: sums of duals and multipliers, which are
# known to no more. It is a tenth of `LEAST_PRICING`, so that pricing can end.
RELAXED = 1e-7
# An integer master's plan is better than the best by more than this: the solver's objective is a
# sum in its own order, of columns that are ones but for its tolerance.
BETTER_COVER = 1e-7
# Temperatures are relative to what a school is charged; where nothing is charged, to this.
LEAST_SCALE = 1e-6

# --- HiGHS, whose own tolerance is 1e-7 on a scaled model and 1e-6 on an integer one -------------

# Slacks of a master below it, in parts of a cover, are what the simplex method leaves of nothing.
SLACK = 1e-7
# A weight of a master nearer to 0 or 1 than this is 0 or 1; so many decimals of one are known.
WEIGHT = 1e-6
WEIGHT_DECIMALS = 6
# A variable that must be 0 or 1 and is above it is a one: whatever the tolerance, nothing is near.
HALF = 0.5
# How far a row or a bound may be missed, in parts of what stands in it: ten times the solver's
# own tolerance.
MISSED = 1e-5
# A bound this little above a whole number is taken for it: a hundred rows, each missed by `MISSED`.
WHOLE_BOUND = 1e-3
# HiGHS stops where incumbent and bound are as near as this, whatever the gap asked for; a gap
# that small asks for the optimum.
NO_GAP = 1e-9
# HiGHS takes costs of 1e20 for infinite, and loses its way long before.
LARGEST = 1e15

# --- The clock, in seconds -----------------------------------------------------------------------

# A time is no shorter than its resolution, which it can be divided by.
TICK = 1e-9
