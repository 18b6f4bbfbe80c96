"""Money shared over the clusters of a plan by a stated formula, to the penny.

All money is in whole pence. A figure that is not whole is an exact fraction until the one rounding
that shares out a sum (`pence.apportion`), so that parts always add up to it.
"""

from cluster_geo.funding.facts import Facts, facts_of
from cluster_geo.funding.last_year import LastYear, read_last_year
from cluster_geo.funding.pot import Pot, Protection, Term
from cluster_geo.funding.school_parts import school_parts
from cluster_geo.funding.sensitivity import sensitivity
from cluster_geo.funding.shares import ClusterShare, Shares, TermShare, share_out

__all__ = [
    "ClusterShare",
    "Facts",
    "LastYear",
    "Pot",
    "Protection",
    "Shares",
    "Term",
    "TermShare",
    "facts_of",
    "read_last_year",
    "school_parts",
    "sensitivity",
    "share_out",
]
