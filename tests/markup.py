"""What a page's text tells without a browser: its words, its links, what was run on the way."""

import re
from collections.abc import Iterable
from html import unescape

SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)
FIGURE = re.compile(r"<svg.*?</svg>", re.DOTALL)
ADDRESS = re.compile(r"""(?:src|href)=["']?(?!#|data:)|url\((?!["']?(?:data:|#))|@import""")
# 7*7, which hostile names hold, as a template engine would write it.
EVALUATED = re.compile(r"(?<![\w#])49(?!\w)")


def markup_of(page: str) -> str:
    """The page without its scripts, where links are code."""
    return SCRIPT.sub("", page)


def words_of(page: str) -> str:
    """The page's words as a reader sees them, without its figures."""
    body = FIGURE.sub(" ", SCRIPT.sub(" ", page.rpartition("<body>")[2]))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


def unescaped(names: Iterable[str], page: str) -> list[str]:
    """The names that stand in a page as they were written, with signs that mean something there."""
    return [name for name in names if set(name) & set("<>{}`'\"") and name in page]
