"""A background map from the web, where the planner asks for one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from cluster_geo.errors import Fault, InputError

# The address of a tile: places for zoom, column and row; {s} for one of several servers.
SIGNS = re.compile(r"(?:[A-Za-z0-9._~:/?&=%@+,;-]|\{[szxyr]\})+")
PLACES = ("{z}", "{x}", "{y}")
EXAMPLE = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


@dataclass(frozen=True, slots=True)
class Tiles:
    """Tiles of a background map.

    Parameters
    ----------
    address : str
        Of a tile, https, with {z}, {x} and {y} in it.
    attribution : str
        What their provider wants to be named as.

    Raises
    ------
    InputError
        Where the address is none, or nobody is named.
    """

    address: str
    attribution: str

    def __post_init__(self) -> None:
        faults = []
        parts = urlsplit(self.address)
        sound = SIGNS.fullmatch(self.address) and parts.scheme == "https" and parts.netloc
        if not sound or any(place not in parts.path + parts.query for place in PLACES):
            fix = f"Write it as {EXAMPLE}"
            faults.append(Fault("--tiles", f"{self.address!r} is no address of tiles", fix))
        if not self.attribution.strip():
            fix = "Give it as the provider's terms ask, with --tiles-by"
            faults.append(Fault("--tiles-by", "nobody is named as the maker of the tiles", fix))
        if faults:
            raise InputError(faults)

    @property
    def origin(self) -> str:
        """What the page's policy must allow images from."""
        return f"https://{urlsplit(self.address).netloc}".replace("{s}", "*")

    @property
    def host(self) -> str:
        """Whom a reader's browser would ask, for the reader to know."""
        return urlsplit(self.address).netloc.replace("{s}.", "")
