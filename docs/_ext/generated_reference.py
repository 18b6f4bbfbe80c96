"""References written out of the code at build time: commands, settings of a scenario, words.

Three directives, `commands`, `settings` and `words`, each replaced by Markdown made of click's
commands, of the scenario's sections and of the glossary. Nothing of it is kept, so nothing goes out
of date.
"""

from __future__ import annotations

from docutils import nodes
from reference_texts import commands_text, settings_text, words_text
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


class Commands(SphinxDirective):
    """The reference of every command."""

    def run(self) -> list[nodes.Node]:
        """Return it as parsed nodes."""
        return self.parse_text_to_nodes(commands_text(), allow_section_headings=True)


class Settings(SphinxDirective):
    """The reference of every setting."""

    def run(self) -> list[nodes.Node]:
        """Return it as parsed nodes."""
        return self.parse_text_to_nodes(settings_text(), allow_section_headings=True)


class Words(SphinxDirective):
    """The glossary."""

    def run(self) -> list[nodes.Node]:
        """Return it as parsed nodes."""
        return self.parse_text_to_nodes(words_text())


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx of the directives."""
    app.add_directive("commands", Commands)
    app.add_directive("settings", Settings)
    app.add_directive("words", Words)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
