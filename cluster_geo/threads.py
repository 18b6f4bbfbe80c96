"""Numbers of threads, which are fixed and never depend on the machine.

With a default that depends on the number of cores, a program tested on two cores might behave
differently on eight. HiGHS keeps one scheduler per process and refuses a run with another number of
threads, so every run uses the same number. With one thread BLAS adds numbers in one order, so
that sums are the same to the last bit. Numba's parallel mode is not used.
"""

from __future__ import annotations

# Threads of HiGHS in each run.
SOLVER = 1
# Threads of BLAS, which NumPy and SciPy use for linear algebra, during a search.
BLAS = 1
# Default number of threads of our own pools. Results do not depend on it, and more threads than
# cores cost next to nothing.
POOL = 4
# Default number of parallel processes of a study; they share the threads of a pool.
PROCESSES = 2
