"""The best of as many starts as the time allows, for peers that cannot be told what to aim at."""

import time

import numpy as np

from tests.benchmarks.peers.cost import searched_cost


def best_of_starts(problem, seconds, seed, once):
    """Run ``once(seed)``, which returns labels, with ever new seeds; keep the best by this cost.

    Returns
    -------
    labels, note
        The note says how many starts there were.
    """
    begun = time.perf_counter()
    spent, number = 0.0, 0
    least, best = np.inf, None
    # No start is begun that would outlast the time.
    while number == 0 or spent * (number + 1) / number <= seconds:
        labels = np.asarray(once(seed + number))
        clusters = [np.flatnonzero(labels == label) for label in np.unique(labels)]
        cost = sum(searched_cost(problem, members) for members in clusters)
        if cost < least:
            least, best = cost, labels
        number += 1
        spent = time.perf_counter() - begun
    return best, f"best of {number} start{'s' * (number > 1)}"
