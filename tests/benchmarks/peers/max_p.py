"""spopt's max-p: as many connected clusters as the least size allows, each alike inside."""

import warnings

import numpy as np
from spopt.region import MaxPHeuristic

from tests.benchmarks.peers.restarts import best_of_starts
from tests.benchmarks.peers.weights import frame_and_weights


def solve(problem, seconds, seed):
    """Run max-p with the library's defaults, a school counted as one, over and over."""
    frame, weights = frame_and_weights(problem)

    def once(seed):
        np.random.seed(seed)  # noqa: NPY002 - the library draws from numpy's own state
        model = MaxPHeuristic(frame, weights, ["x", "y"], "schools", int(problem["low"]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.solve()
        return model.labels_

    labels, note = best_of_starts(problem, seconds, seed, once)
    return labels, f"{note}; chooses the number of clusters itself"
