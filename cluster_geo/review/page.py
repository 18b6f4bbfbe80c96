"""The page of a review: the map that everyone knows, with what a meeting needs besides."""

from __future__ import annotations

from importlib.resources import files

from markupsafe import Markup

from cluster_geo.maps import Live, map_page
from cluster_geo.publish.templates import template_of
from cluster_geo.review.picture import Picture

SCRIPTS = (
    "parts.js",
    "talk.js",
    "said.js",
    "bar.js",
    "proposal.js",
    "whatif.js",
    "school.js",
    "cluster.js",
    "record.js",
    "finish.js",
    "keys.js",
    "review.js",
)
STYLES = ("review.css",)
ASSETS = files("cluster_geo.review") / "assets"
# Where a page says which window it is, and the token of its requests.
MARK = "</head>"


def review_page(picture: Picture, port: int) -> str:
    """Return the page as text, of the plan that the session began from.

    Parameters
    ----------
    picture : Picture
    port : int
        Of the server that the page asks.
    """
    begun = picture.session.begun.draft
    hosts = (f"{name}:{port}" for name in ("127.0.0.1", "localhost"))
    sockets = " ".join(f"ws://{host}" for host in hosts)
    texts = {name: (ASSETS / name).read_text(encoding="utf-8") for name in (*SCRIPTS, *STYLES)}
    live = Live(
        shapes=picture.shapes(begun.plan),
        colours=picture.colours(begun),
        begun={"marks": picture.marks(begun), "phases": list(picture.phases)},
        bar=_part("bar.html"),
        section=_part("section.html"),
        dialogs=_part("windows.html"),
        scripts=tuple(texts[name] for name in SCRIPTS),
        styles=tuple(texts[name] for name in STYLES),
        connect=f"'self' {sockets}",
    )
    return map_page(picture.published, live=live)


def _part(name: str) -> Markup:
    """Return a part of the page: of a template, whose every value passes the door."""
    return Markup(template_of("cluster_geo.review", name).render())  # noqa: S704 - as said above
