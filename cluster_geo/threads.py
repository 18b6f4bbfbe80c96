"""How many threads each part may use: stated here, and never read off the machine.

A default that depends on the cores makes a program that was tested on two of them behave
otherwise on eight. HiGHS keeps one scheduler per process and refuses a run that asks for another
number of threads, so every run of it asks for the same one. One thread of BLAS adds numbers in
one order, so that sums are the same to the last bit. Numba is never asked to work in parallel.
"""

from __future__ import annotations

# Of HiGHS, in each run.
SOLVER = 1
# Of the linear algebra under NumPy and SciPy, while a plan is searched for.
BLAS = 1
# Of our own pools, by default. What they find does not depend on how many there are, and more
# threads than cores cost next to nothing.
POOL = 4
# Processes that a study runs side by side, by default; they share the threads of a pool.
PROCESSES = 2
