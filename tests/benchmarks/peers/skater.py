"""spopt's Skater: a spanning tree of the neighbours cut into K pieces, each of a least size."""

import warnings

from spopt.region import Skater

from tests.benchmarks.peers.weights import frame_and_weights


def solve(problem, _seconds, _seed):
    """Cut the tree; there is no chance in it, and no greatest size."""
    frame, weights = frame_and_weights(problem)
    number = int(problem["count"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = Skater(frame, weights, ["x", "y"], n_clusters=number, floor=int(problem["low"]))
        model.solve()
    return model.labels_, ""
