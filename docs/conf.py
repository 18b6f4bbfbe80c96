"""How the documentation is built: `sphinx-build -W -n docs docs/_build/html`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from sphinx.application import Sphinx

DOCS = Path(__file__).parent
ROOT = DOCS.parent
sys.path.insert(0, str(DOCS / "_ext"))

from cluster_geo import __version__  # noqa: E402 - the path above has nothing to do with it

project = "cluster-geo"
author = "The cluster-geo project"
copyright = "2026, the cluster-geo project"  # noqa: A001 - Sphinx's name for it
release = __version__

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "myst_nb",
    "sphinx_design",
    "generated_reference",
    "mathml",
]
exclude_patterns = ["_build", "notebooks/README.md"]
templates_path = ["_templates"]
# Quotation marks and dashes stay what they are: pages speak of `--options` and of settings.
smartquotes = False
# In docstrings `x` is code.
default_role = "code"

# Notebooks are shown, not run: the tests run them.
nb_execution_mode = "off"
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

autodoc_typehints = "none"
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_xref_param_type = False

html_math_renderer = "mathml"
html_theme = "pydata_sphinx_theme"
html_title = "cluster-geo"
html_show_sourcelink = False
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["cluster-geo.css"]
html_theme_options = {
    "navbar_align": "left",
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_prev_next": True,
    "show_toc_level": 2,
}
html_sidebars = {"index": [], "changelog": []}


def without_settings(*asked: object) -> tuple[str, str] | None:
    """Leave out the signature of a scenario, which would be every setting there is."""
    return ("", "") if asked[2] == "cluster_geo.Scenario" else None


def setup(app: Sphinx) -> None:
    """Tell Sphinx of it."""
    app.connect("autodoc-process-signature", without_settings)


# The notebooks live beside the package, where Jupyter opens them.
for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
    (DOCS / "notebooks").mkdir(exist_ok=True)
    shutil.copy2(notebook, DOCS / "notebooks" / notebook.name)
