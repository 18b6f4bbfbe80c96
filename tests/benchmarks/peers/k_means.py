"""k-means-constrained: K clusters with a least and a greatest size, and nothing else."""

from k_means_constrained import KMeansConstrained

from tests.benchmarks.peers.restarts import best_of_starts


def solve(problem, seconds, seed):
    """Cluster the points with the library's defaults, over and over; keep the best."""

    def once(seed):
        model = KMeansConstrained(
            n_clusters=int(problem["count"]),
            size_min=int(problem["low"]),
            size_max=int(problem["high"]),
            random_state=seed,
        )
        return model.fit_predict(problem["points"])

    return best_of_starts(problem, seconds, seed, once)
