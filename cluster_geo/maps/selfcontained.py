"""From folium's page to one self-contained file: assets inlined, ids renumbered, a CSP.

folium takes ten files from the web, writes ids that differ from run to run, forbids zooming and
names no language. All of that is mended on the finished text, where nothing of folium's is changed
for other maps.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from cluster_geo.maps.live import Live
from cluster_geo.publish.policy import with_policy

ASSETS = files("cluster_geo.maps") / "assets"
SHARED = files("cluster_geo.publish") / "assets"

# What stands in for folium's links to Leaflet, in the order in which it runs.
LEAFLET = "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet"
SCRIPTS = (
    "leaflet/leaflet.js",
    "symbols.js",
    "text.js",
    "labels.js",
    "backdrop.js",
    "panel.js",
    "spelling.js",
    "search.js",
    "page.js",
)
STYLES = ("leaflet/leaflet.css", "map.css")
# Where in a page's body its map is.
MAP_MARK = "<!-- the map -->"

# folium asks for these by default; they serve icons, which these maps do without.
NOT_NEEDED = (
    "https://code.jquery.com/jquery",
    "https://cdn.jsdelivr.net/npm/bootstrap@",
    "https://netdna.bootstrapcdn.com/bootstrap/",
    "https://cdnjs.cloudflare.com/ajax/libs/Leaflet.awesome-markers/",
    "https://cdn.jsdelivr.net/npm/@fortawesome/",
    "https://cdn.jsdelivr.net/gh/python-visualization/folium/",
)

SCRIPT_LINK = re.compile(r'<script src="([^"]*)"></script>')
STYLE_LINK = re.compile(r'<link rel="stylesheet" href="([^"]*)"\s*/>')
STYLE_IMAGE = re.compile(r"url\((images/[^)]+)\)")
SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=.*\s*$")
FOLIUM_ID = re.compile(r"\b([a-z_]+_)([0-9a-f]{32})(?![0-9a-f])")
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>')


def self_contained(
    page: str,
    *,
    title: str,
    body: str,
    scripts: Sequence[str] = (),
    styles: Sequence[str] = (),
    images: str = "",
    more: Live | None = None,
) -> str:
    """Return folium's page as one file that needs nothing else.

    Parameters
    ----------
    page : str
        What folium rendered.
    title : str
        Title of the page, as HTML that has passed the door.
    body : str
        The page's body around the map, as HTML; ``<!-- the map -->`` is its place.
    scripts, styles : sequence of str
        Names of the page's own assets, after those that all maps share.
    images : str
        An origin from which the page may load images, where the planner asked for it.
    more : Live, optional
        Scripts and styles after all others, and whom the page may ask for changes.

    Raises
    ------
    ValueError
        If the page links to a file that is not among the assets.
    """
    page = renumbered(page)
    page = page.replace("<html>", '<html lang="en-GB">', 1)
    viewport = '<meta name="viewport" content="width=device-width, initial-scale=1" />'
    page = VIEWPORT.sub(viewport, page)
    page = page.replace("<head>", f"<head>\n<title>{title}</title>", 1)
    before, _, after = body.partition(MAP_MARK)
    page = page.replace("<body>", f"<body>\n{before}", 1)
    page = page.replace("</body>", f"{after}\n</body>", 1)
    assets = {f"{LEAFLET}.js": (*SCRIPTS, *scripts), f"{LEAFLET}.css": (*STYLES, *styles)}
    page = SCRIPT_LINK.sub(lambda link: _scripts(_assets(link[1], assets)), page)
    page = STYLE_LINK.sub(lambda link: _styles(_assets(link[1], assets)), page)
    if more is None:
        return with_policy(page, images=images)
    scripts = "\n".join(f"<script>{script}</script>" for script in more.scripts)
    styles = "\n".join(f"<style>{style}</style>" for style in more.styles)
    page = page.replace("</head>", f"{styles}\n{scripts}\n</head>", 1)
    return with_policy(page, images=images, connect=more.connect)


def renumbered(page: str) -> str:
    """Number folium's random ids in the order in which they first appear."""
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"{found[1]}{numbers.setdefault(found[2], len(numbers) + 1)}"

    return FOLIUM_ID.sub(number, page)


def _scripts(names: tuple[str, ...]) -> str:
    return "\n".join(f"<script>{_script(name)}</script>" for name in names)


def _styles(names: tuple[str, ...]) -> str:
    return "\n".join(f"<style>{_style(name)}</style>" for name in names)


def _assets(url: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if url in known:
        return known[url]
    if url.startswith(NOT_NEEDED):
        return ()
    raise ValueError(f"the map asks for {url}, which is not among its assets")


def _script(name: str) -> str:
    """Return a script of the maps, or one that they share with the other pages."""
    own = ASSETS / name
    text = (own if own.is_file() else SHARED / name).read_text(encoding="utf-8")
    return SOURCE_MAP.sub("\n", text)


def _style(name: str) -> str:
    """Return a style sheet with its images inside it."""
    sheet = ASSETS / name
    folder = ASSETS / name.rpartition("/")[0]
    return STYLE_IMAGE.sub(
        lambda image: f"url({_data_uri(folder / image[1])})", sheet.read_text(encoding="utf-8")
    )


def _data_uri(image: Traversable) -> str:
    return f"data:image/png;base64,{base64.b64encode(image.read_bytes()).decode()}"
