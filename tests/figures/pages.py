"""A page's tables and lists as a reader finds them, read with Python's own parser alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr", "use", "path", "circle", "rect", "base"}
SILENT = {"script", "style", "title", "svg"}


@dataclass
class Node:
    """An element: its tag, its attributes, and what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for part in self.parts:
            if isinstance(part, Node):
                yield from part.walk()

    def all(self, tag: str, **attributes: str) -> list[Node]:
        """The elements in it of this tag with these attributes (`class_`, `aria_label`)."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            node
            for node in self.walk()
            if node.tag == tag and wanted.items() <= node.attributes.items()
        ]

    def one(self, tag: str, **attributes: str) -> Node:
        (found,) = self.all(tag, **attributes)
        return found

    @property
    def text(self) -> str:
        """Its words, blanks as one; no figure and no script."""
        return " ".join(self._words().split())

    def _words(self) -> str:
        if self.tag in SILENT:
            return " "
        return "".join(p._words() if isinstance(p, Node) else p for p in self.parts)

    @property
    def rows(self) -> list[list[str]]:
        """The cells of the rows in it; a cell over several columns once for each."""
        return [
            [
                cell.text
                for cell in row.parts
                if isinstance(cell, Node)
                for _ in range(int(cell.attributes.get("colspan", 1)))
            ]
            for row in self.all("tr")
        ]

    @property
    def facts(self) -> dict[str, str]:
        """What the terms of the lists in it say."""
        terms, said = ([node.text for node in self.all(tag)] for tag in ("dt", "dd"))
        return dict(zip(terms, said, strict=True))


class Page(Node):
    """A whole page."""

    @classmethod
    def of(cls, text: str) -> Page:
        reader = _Reader()
        reader.feed(text)
        return cls("page", {}, reader.open[0].parts)

    def table(self, label: str) -> list[dict[str, str]]:
        """The rows of the table with this label, each by the columns' headings."""
        return [row for _, row in self.named_rows(label)]

    def named_rows(self, label: str) -> list[tuple[str, dict[str, str]]]:
        """The same, each with the class of its row."""
        box = self.one("div", aria_label=label)
        head, *body = box.rows
        classes = [row.attributes.get("class", "") for row in box.all("tr")[1:]]
        named = [dict(zip(head, cells, strict=True)) for cells in body]
        assert all(len(row) == len(head) for row in named), "two columns of one heading"
        return list(zip(classes, named, strict=True))

    def section(self, name: str) -> Node:
        return self.one("section", id=name)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].parts.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)
