"""How much each term of a formula matters to each cluster."""

from __future__ import annotations

from fractions import Fraction

from cluster_geo.funding.shares import Shares, share_out

# A tenth more: large enough to see, small enough to be disputed.
MORE = Fraction(11, 10)


def sensitivity(shares: Shares) -> dict[str, dict[str, int]]:
    """Return what each cluster gains or loses, in pence, if one term has a tenth more weight.

    The other terms then share what is left in the proportions they have, and protection is worked
    out anew. By the names of the terms, then by the codes of clusters. Left out is a term that
    counts nothing, and one with which no shares would be possible.
    """
    found = {}
    for term in shares.pot.terms:
        other = share_out(shares.pot, shares.facts, {term.name: MORE})
        if shares.problem or other.problem or not any(shares.facts.units[term.name].values()):
            continue
        found[term.name] = {
            code: other.clusters[code].share - cluster.share
            for code, cluster in shares.clusters.items()
        }
    return found
