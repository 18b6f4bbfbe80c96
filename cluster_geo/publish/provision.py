"""Where more provision would help, as its audience may see it."""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.audience import Disclosure
from cluster_geo.provision import Provision
from cluster_geo.publish.edition import Edition, edition_of
from cluster_geo.records import Source


@dataclass(frozen=True, eq=False)
class ProvisionPublication:
    """An answer to a question of provision, and for whom it is written.

    Parameters
    ----------
    disclosed : Disclosure
        The county that the answer was found with: `verbs.provision` searches with no count that
        the audience must not see, so that nothing in the answer tells of one.
    found : Provision
    sources : tuple of Source
        The planner's lists that were read for it.
    """

    disclosed: Disclosure
    found: Provision
    sources: tuple[Source, ...] = ()

    @property
    def edition(self) -> Edition:
        """Which plan it is about."""
        return edition_of(self.disclosed)
