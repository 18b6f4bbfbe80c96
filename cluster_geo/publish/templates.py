"""Jinja templates whose every value passes the door."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from cluster_geo.glossary import READERS, TRUSTS_SPREAD, defined, meaning
from cluster_geo.publish.door import as_css, as_html
from cluster_geo.publish.edition import date_text


@lru_cache(maxsize=8)
def _environment(package: str) -> Environment:
    """Return the environment of a package's `templates` folder.

    ``finalize`` is the door: no value reaches the page without it. An unknown value is an error,
    not a blank.
    """
    folder = files(package) / "templates"

    def load(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    environment = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        finalize=as_html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["date"] = date_text
    environment.filters["css"] = as_css
    environment.globals |= {
        "meaning": meaning,
        "defined": defined,
        "word_list": word_list,
        "trusts_spread": TRUSTS_SPREAD.lower(),
    }
    return environment


def word_list() -> Markup:
    """Return what the words of a plan mean, as a list for a page."""
    rows = (
        f"<div><dt>{as_html(word)}</dt><dd>{as_html(meaning(word))}</dd></div>\n"
        for word in READERS
    )
    return Markup(f'<dl class="words">\n{"".join(rows)}</dl>')  # noqa: S704 - each has passed


def template_of(package: str, name: str) -> Template:
    """Return the template `name` of the package's `templates` folder."""
    return _environment(package).get_template(name)


@lru_cache(maxsize=8)
def scripts_of(*paths: tuple[str, str]) -> Markup:
    """Return scripts of this program's own as one, to stand in a page.

    Parameters
    ----------
    *paths : (str, str)
        Package, and the file's place in it. They are joined in this order: each may use what
        those before it define.
    """
    parts = [(files(package) / place).read_text(encoding="utf-8") for package, place in paths]
    return Markup("\n".join(parts))  # noqa: S704 - files of this package, no text from outside


# What makes a page's long tables sort, filter and download; the map takes those but the last.
TABLE_SCRIPTS = (
    ("cluster_geo.publish", "assets/spelling.js"),
    ("cluster_geo.publish", "assets/tables.js"),
    ("cluster_geo.publish", "assets/pages.js"),
)


def write_page(path: Path, page: str) -> Path:
    """Write a page as a file of the same bytes on every machine; return its path."""
    path = Path(path)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path
