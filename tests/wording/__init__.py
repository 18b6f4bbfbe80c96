"""Every text that a user may see, gathered from the code, so that its English can be reviewed.

Texts are found without running anything: strings of Python with three words or more, the help of
commands (their docstrings), what stands between the tags of templates, and strings of the pages'
scripts. A few are no prose (the name of a column with three words); they do no harm here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "cluster_geo"
GOLDEN = Path(__file__).with_name("strings.txt")
# So many words make a text that somebody reads.
FEWEST_WORDS = 3
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
# Marks of what is for a machine: paths, markup without a word, styles, patterns, names of modules.
MACHINE = re.compile(r"https?://|^[\w./:-]+$|[\w-]+:[\w#-]+;|\\[dbws]|^[A-Z_ ]+$|^M?\{")
TAG = re.compile(r"<[^<>]*>")
SCRIPT_STRING = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`")


def texts() -> list[tuple[str, str]]:
    """Return file and text of all that a user may read, in the order of the files."""
    found: list[tuple[str, str]] = []
    for path in sorted(PACKAGE.rglob("*")):
        name = path.relative_to(PACKAGE).as_posix()
        if path.suffix not in READERS or "leaflet" in name:
            continue
        read = READERS[path.suffix](path.read_text(encoding="utf-8"))
        plain = dict.fromkeys(" ".join(text.split()) for text in read)
        found += [(name, text) for text in plain if _is_prose(text)]
    return found


def listing() -> str:
    """Return the texts as the golden file holds them, below the name of their file."""
    lines: list[str] = []
    last = ""
    for name, text in texts():
        if name != last:
            lines += ["", f"# {name}"]
            last = name
        lines.append(text)
    return "\n".join(lines).lstrip() + "\n"


def _is_prose(text: str) -> bool:
    bare = TAG.sub(" ", PLACEHOLDER.sub(" ", text))
    return not MACHINE.search(text) and len(re.findall(r"[A-Za-z]{2,}", bare)) >= FEWEST_WORDS


def _of_python(source: str) -> Iterator[str]:
    """Yield the strings of a module, those made of parts with {...} for what they depend on."""
    yield from _strings(ast.parse(source))


def _strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.FunctionDef) and any(
        "command(" in ast.unparse(d) or "group(" in ast.unparse(d) for d in node.decorator_list
    ):
        yield (ast.get_docstring(node) or "").replace("\b", "")
    if isinstance(node, ast.expr) and (text := _text(node)) is not None:
        yield text
        return
    for child in ast.iter_child_nodes(node):
        yield from _strings(child)


def _text(node: ast.expr) -> str | None:
    """Return a string as it is written, or None where the expression is none."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else _placeholder(part)
            for part in node.values
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = _text(node.left), _text(node.right)
        if sides != (None, None):
            return "".join(side if side is not None else "{}" for side in sides)
    return None


def _placeholder(part: ast.expr) -> str:
    """Return what stands for a value: its expression without what formats it."""
    inner = part.value if isinstance(part, ast.FormattedValue) else part
    return "{" + re.sub(r"[{}]", "", ast.unparse(inner)) + "}"


def _of_template(source: str) -> Iterator[str]:
    """Yield what a template shows between its tags, and in the attributes that are read out."""
    source = re.sub(r"(?s)<(style|script)\b.*?</\1>|\{#.*?#\}|<!--.*?-->", " ", source)
    yield from re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', source)
    inline = r"(?is)</?(?:a|abbr|b|em|small|span|strong|code|sup|sub|i)\b[^<>]*>"
    shown = re.sub(r"\{%.*?%\}", " ", re.sub(inline, "", source))
    yield from re.split(r"<[^<>]*>", shown.replace("{{", "{").replace("}}", "}"))


def _of_script(source: str) -> Iterator[str]:
    source = re.sub(r"(?m)^\s*//.*$", "", source)
    for match in SCRIPT_STRING.finditer(source):
        yield next(filter(None, match.groups()), "")


READERS = {".py": _of_python, ".html": _of_template, ".js": _of_script}
