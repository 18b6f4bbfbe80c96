"""What counts as rounding in a search, in units of the problem (a school is charged about two).

Every claim that "nothing is left but rounding" adds these up; see `Generation.rounding`.
"""

from __future__ import annotations

# A bound is a sum of some thousand floats: it is stated this much below what they add up to.
SAFETY = 1e-6
# Slacks of a master below it are what the simplex method leaves of nothing.
SLACK = 1e-7
# A weight of a master nearer to 0 or 1 than this is 0 or 1.
WEIGHT = 1e-6
# How far pricing may stop from the best cluster of one hub: at least, so that it can end at all,
# and at most, so that no bound is loose for want of effort.
LEAST_PRICING, MOST_PRICING = 1e-6, 1e-2
# A bound above a cost by more than this part of it, and `SAFETY`, contradicts it: sums of the same
# thousand floats in another order differ by far less.
CONTRADICTION = 1e-9
