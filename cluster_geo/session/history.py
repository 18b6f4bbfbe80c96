"""The steps of a session as a tree, with undo, redo and variants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cluster_geo.errors import Fault, InputError
from cluster_geo.session.draft import Draft
from cluster_geo.session.journal import Accepted, Begun, Branched, Line, Refused, Switched, Went

BEGINNING = 0
FIRST_VARIANT = "A"
DAMAGED = "Restore the journal and the plan that it began from as they were"


@dataclass
class Variant:
    """One line of steps: where it stands, and the last step that can be redone."""

    head: int = BEGINNING
    tip: int = BEGINNING


@dataclass
class History:
    """Drafts by the number of the step that led to them.

    Parameters
    ----------
    drafts : dict of int to Draft
        The one that the session began from is that of `BEGINNING`.
    steps : dict of int to Accepted
    refused : list of Refused
    variants : dict of str to Variant
    current : str
        Name of the current variant.
    """

    drafts: dict[int, Draft]
    steps: dict[int, Accepted] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    variants: dict[str, Variant] = field(default_factory=lambda: {FIRST_VARIANT: Variant()})
    current: str = FIRST_VARIANT

    @property
    def variant(self) -> Variant:
        """The current variant."""
        return self.variants[self.current]

    @property
    def head(self) -> int:
        """Number of the current step."""
        return self.variant.head

    @property
    def draft(self) -> Draft:
        """The current draft."""
        return self.drafts[self.head]

    def draft_of(self, variant: str) -> Draft:
        """Return where a variant stands."""
        return self.drafts[self.variants[variant].head]

    def path(self, to: int) -> list[int]:
        """Return the numbers of the steps from the beginning to one, in order."""
        found = []
        while to != BEGINNING:
            found.append(to)
            to = self.steps[to].parent
        return found[::-1]

    @property
    def before(self) -> int | None:
        """The step that undo leads to; None at the beginning."""
        return None if self.head == BEGINNING else self.steps[self.head].parent

    @property
    def next(self) -> int | None:
        """The step that redo leads to; None where nothing was undone."""
        after = self.path(self.variant.tip)
        place = after.index(self.head) + 1 if self.head != BEGINNING else 0
        return after[place] if place < len(after) else None

    def add(self, line: Line, change: Callable[[Draft, Accepted], Draft]) -> None:
        """Take a line of the journal into account.

        Parameters
        ----------
        line : Line
        change : callable
            Returns what an accepted request makes of a draft.

        Raises
        ------
        InputError
            Where the line does not follow from those before it.
        """
        match line:
            case Begun():
                _require(self.drafts[BEGINNING].digest == line.after, "the beginning")
            case Accepted():
                _require(line.number == len(self.steps) + 1, f"step {line.number:,}")
                _require(line.parent == self.head, f"step {line.number:,}")
                self._accept(line, change(self.draft, line))
            case Refused():
                _require(line.parent == self.head, "a refused request")
                self.refused.append(line)
            case Went():
                _require(line.to in self.drafts, f"step {line.to:,}")
                self._go(line.to)
                _require(self.draft.digest == line.after, f"step {line.to:,}")
            case Branched():
                _require(line.variant not in self.variants, f"variant {line.variant}")
                self.variants[line.variant] = Variant(self.head, self.head)
                self.current = line.variant
            case Switched():
                _require(line.variant in self.variants, f"variant {line.variant}")
                self.current = line.variant
                _require(self.draft.digest == line.after, f"variant {line.variant}")

    def _accept(self, line: Accepted, draft: Draft) -> None:
        _require(self.draft.digest == line.before, f"step {line.number:,}")
        _require(draft.digest == line.after, f"step {line.number:,}")
        self.drafts[line.number], self.steps[line.number] = draft, line
        self.variants[self.current] = Variant(line.number, line.number)

    def _go(self, to: int) -> None:
        # What was undone on the way can still be redone; elsewhere there is nothing to redo.
        on_the_way = to == BEGINNING or to in self.path(self.variant.tip)
        self.variants[self.current] = Variant(to, self.variant.tip if on_the_way else to)


def _require(holds: bool, what: str) -> None:
    if not holds:
        found = f"{what} does not follow from what is before it"
        raise InputError([Fault("journal", found, DAMAGED)])
