"""What can be asked of a meeting: each question answered in plain values, from the one session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from cluster_geo.audience import Disclosure
from cluster_geo.compare import PlanFile, compare_plans
from cluster_geo.errors import ClusterGeoError, Fault, InputError
from cluster_geo.maps import pair_page
from cluster_geo.review import words
from cluster_geo.review.asking import Offer, Offers, finished
from cluster_geo.review.picture import Picture
from cluster_geo.review.places import home_of
from cluster_geo.review.settings import changes_number, require_rule_settings, rule_settings
from cluster_geo.review.words import Plain
from cluster_geo.scenario import brief_of
from cluster_geo.session import Consequence, Draft, Judged, Request, Session
from cluster_geo.session.consequence import consequence_of
from cluster_geo.session.journal import MOST_WORDS, Words
from cluster_geo.session.requests import Code, Text, Urn

# Requests that one answer may be made of.
MOST_REQUESTS = 8
# Longest time that "what if" may be given, in seconds.
MOST_SECONDS = 120.0
USUAL_SECONDS = 10.0
FINISHING = "The outputs are being written. Wait until they are."
STALE = "The plan has changed since you looked at it. Look at it again, then decide."


class ConflictError(ClusterGeoError):
    """What is asked fits the plan as it was, and not as it is."""


class Question(BaseModel):
    """What a page asks: nothing that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ask(Question):
    """Requests, to be done one after the other.

    Parameters
    ----------
    seen : str
        Digest of the plan that they were found for, where they fit no other.
    """

    requests: tuple[Request, ...] = Field(min_length=1, max_length=MOST_REQUESTS)
    seen: str = Field(default="", max_length=64)


class Decide(Ask):
    """A decision on requests, with what goes into the record.

    Parameters
    ----------
    seen : str
        Digest of the plan that it was decided on.
    """

    seen: str = Field(max_length=64)
    by: Text = ""
    asked: Words = ""
    reason: Words = ""


class OfSchool(Question):
    """A school."""

    urn: Urn


class ToStep(Question):
    """A step of the record; 0 is the beginning."""

    step: int = Field(ge=0)


class OfVariant(Question):
    """A variant by name."""

    variant: Code


class WhatIf(Question):
    """A request to fit the clusters around."""

    request: Request
    seconds: float = Field(default=USUAL_SECONDS, gt=0, le=MOST_SECONDS)


class Finish(Question):
    """The name of a new folder, and why it is finished though a requirement is broken.

    `seen` is the digest of the plan that was shown.
    """

    seen: str = Field(max_length=64)
    folder: str = Field(min_length=1, max_length=120)
    reason: str = Field(default="", max_length=MOST_WORDS)


class Codes(Question):
    """Clusters to be drawn."""

    codes: tuple[Code, ...] = Field(max_length=5_000)


class Nothing(Question):
    """A question that needs no more words."""


@dataclass(eq=False)
class Room:
    """A session, and what its page can ask.

    Parameters
    ----------
    session : Session
    """

    session: Session
    _writing: bool = False
    _shown: dict[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def picture(self) -> Picture:
        """Draws the map."""
        return Picture(self.session)

    @property
    def home(self) -> Path:
        """Folder that finished plans are written into: beside the one that was begun from."""
        return home_of(self.session.source)

    def start(self) -> None:
        """Take note of what the windows show, before any of them is open."""
        self._shown = self.picture.marks(self.session.begun.draft)

    def state(self) -> Plain:
        """Return where the session stands, and what the map looks like."""
        found = words.state_of(self.session)
        return found | {"marks": self.picture.marks(self.session.draft)}

    def changes(self) -> Plain:
        """Return `state`, with those clusters that look other than when it was asked last."""
        found = self.state()
        marks = found["marks"]
        codes = [code for code, mark in marks.items() if self._shown.get(code) != mark]
        self._shown = marks
        return found | {"parts": self.picture.parts(self.session.judged, codes)}

    def parts(self, asked: Codes) -> Plain:
        """Return clusters to draw."""
        return {"parts": self.picture.parts(self.session.judged, asked.codes)}

    def preview(self, asked: Ask) -> Plain:
        """Return what requests would do."""
        session = self.session
        if asked.seen:
            self._require_seen(asked.seen)
        chain = self._chain(asked.requests)
        before, after = session.judged, chain[-1].after
        adjusted = after.draft.settings != before.draft.settings
        return words.proposal_words(asked.requests, chain, session.county) | {
            "seen": session.draft.digest,
            "outlines": self.picture.outlines(before.draft, after.draft),
            "certainty": session.judge.certainty(after) if adjusted else "",
            "fits": self._fits(asked.requests, chain),
        }

    def _fits(self, requests: Sequence[Request], chain: Sequence[Consequence]) -> bool:
        """Whether neighbours can be fitted around requests: it begins where something changes."""
        (first, *more), after = chain, chain[-1].after
        if more or changes_number(requests):
            return False
        return bool(first.moved or after.broken)

    def settings(self, _: Nothing) -> Plain:
        """Return the settings that concern rules."""
        judge, draft = self.session.judge, self.session.draft
        headings = judge.rulebook_of(draft).headings
        return {"settings": rule_settings(judge.scenario_of(draft), headings)}

    def found_for(self, draft: Draft, found: Offers) -> list[Plain]:
        """Return answers to "what if" as they change the plan that they were looked for on."""
        session, plans = self.session, []
        for offer in found.found:
            chain = self._chain(offer.requests, session.judge.judged(draft))
            said = words.proposal_words(offer.requests, chain, session.county)
            requests = [request.model_dump(mode="json") for request in offer.requests]
            plans.append(
                {"seen": draft.digest, "requests": requests, "best": offer.best}
                | {key: said[key] for key in ("change", "moved", "broken", "mended")}
            )
        return plans

    def offers(self, draft: Draft, found: Offers) -> Plain:
        """Return answers to "what if", each judged as everything else.

        Raises
        ------
        ConflictError
            Where the plan is not the draft any more that they were looked for on: what is proven
            of them is proven of that one.
        """
        self._require_seen(draft.digest)
        return {"words": found.words, "answers": [self._offer(one) for one in found.found]}

    def _offer(self, offer: Offer) -> Plain:
        names = self.session.county.schools.names
        said = self.preview(Ask(requests=offer.requests))
        others = [{"urn": urn, "name": names[urn]} for urn in offer.others]
        requests = [request.model_dump(mode="json") for request in offer.requests]
        return {"requests": requests, "others": others, "best": offer.best, "proposal": said}

    def ranking(self, asked: OfSchool) -> Plain:
        """Return the clusters that a school could join, best first; then those it may not."""
        session = self.session
        if asked.urn not in session.county.schools.names:
            found = f"URN {asked.urn} is not a school in this county"
            raise InputError([Fault("request", found, "Check the number")])
        ranked = [words.choice_words(one) for one in session.ranking(asked.urn)]
        locked = words.locked_words(session.judged, asked.urn)
        home = session.draft.code_of.get(asked.urn, "")
        return {
            "urn": asked.urn,
            "name": session.county.schools.names[asked.urn],
            "home": session.draft.name_of(home) if home else "",
            "choices": ranked,
            "locked": locked,
        }

    def accept(self, asked: Decide) -> Plain:
        """Do what is asked, and record it."""
        self._require_current(asked.seen)
        chain = self._chain(asked.requests)
        said = words.proposal_words(asked.requests, chain, self.session.county)
        self.session.accept_all(asked.requests, by=asked.by, asked=asked.asked, reason=asked.reason)
        return {"said": f"Accepted: {said['words']}. Score {said['change']}."}

    def refuse(self, asked: Decide) -> Plain:
        """Record that it was refused."""
        self._require_current(asked.seen)
        for request in asked.requests:
            self.session.refuse(request, by=asked.by, asked=asked.asked, reason=asked.reason)
        return {"said": "Refused, and recorded. The plan is as it was."}

    def undo(self, _: Nothing) -> Plain:
        """Take the last step back."""
        self._require_quiet()
        done = self.session.undo()
        return {"said": self._arrived("Undone") if done else "There is nothing to undo."}

    def redo(self, _: Nothing) -> Plain:
        """Take again what was taken back."""
        self._require_quiet()
        done = self.session.redo()
        return {"said": self._arrived("Redone") if done else "There is nothing to redo."}

    def goto(self, asked: ToStep) -> Plain:
        """Return to a step of the record."""
        self._require_quiet()
        self.session.go_to(asked.step)
        return {"said": self._arrived("Returned")}

    def branch(self, asked: OfVariant) -> Plain:
        """Begin a variant."""
        self._require_quiet()
        self.session.branch(asked.variant)
        return {"said": f"Variant {asked.variant} begins here."}

    def switch(self, asked: OfVariant) -> Plain:
        """Turn to another variant."""
        self._require_quiet()
        self.session.switch(asked.variant)
        return {"said": f"This is variant {asked.variant} now."}

    def begin_finish(self, asked: Finish) -> Path:
        """Return the folder to finish in; from now on until `finish` is done, nothing changes.

        Raises
        ------
        ConflictError
            Where the plan is another one than was seen, or is being written.
        InputError
            Where the name is not one of a folder.
        """
        self._require_current(asked.seen)
        folder = self._new_folder(asked.folder)
        self._writing = True
        return folder

    def finish(self, folder: Path, reason: str) -> Plain:
        """Write the outputs of the plan, which takes its time."""
        try:
            paths = finished(self.session, folder, reason)
        finally:
            self._writing = False
        return {"said": f"Written to {folder}.", "paths": [str(path) for path in paths]}

    def compared(self, first: str, second: str) -> str:
        """Return the page that compares two variants."""
        session, history = self.session, self.session.history
        for name in (first, second):
            if name not in history.variants:
                raise InputError([Fault("variant", f"there is no variant {name!r}", "Choose one")])
        sides = [
            PlanFile(f"Variant {name}", history.draft_of(name).plan) for name in (first, second)
        ]
        disclosed = Disclosure(session.county, brief_of(session.judge.scenario))
        rulebook = session.judge.rulebook_of(session.draft)
        judged = f"Both are judged by the rules of variant {history.current}, the current one."
        found = compare_plans(disclosed, rulebook, *sides, preferences=judged, made_from=True)
        return pair_page(found)

    def _chain(
        self, requests: Sequence[Request], before: Judged | None = None
    ) -> list[Consequence]:
        """Judge requests, each after the one before."""
        require_rule_settings(requests, self.session.judge.scenario)
        before = before or self.session.judged
        chain: list[Consequence] = []
        for request in requests:
            chain.append(consequence_of(request, before, self.session.judge))
            before = chain[-1].after
        return chain

    def _require_current(self, seen: str) -> None:
        self._require_quiet()
        self._require_seen(seen)

    def _require_seen(self, seen: str) -> None:
        if seen != self.session.draft.digest:
            raise ConflictError(STALE)

    def _require_quiet(self) -> None:
        if self._writing:
            raise ConflictError(FINISHING)

    def _arrived(self, how: str) -> str:
        step = self.session.history.head
        where = "the plan that was begun from" if step == 0 else f"step {step:,}"
        return f"{how}: this is {where}. Score {words.signed(self.session.summary.change)}."

    def _new_folder(self, name: str) -> Path:
        """Return the path of a folder beside the source.

        Raises
        ------
        InputError
            Where the name is not one of a folder there.
        """
        clean = name.strip()
        plain = clean not in ("", ".", "..") and not set(clean) & set('/\\:*?"<>|')
        if not plain or not clean.isprintable() or clean.startswith("."):
            fix = 'Give a name without / \\ : * ? " < > |, such as agreed-plan'
            raise InputError([Fault("folder", f"{name!r} is not a name for a folder", fix)])
        folder = self.home / clean
        if self.session.source.resolve().is_relative_to(folder.resolve()):
            found = "the plan was begun from this folder, which stays as it is"
            raise InputError([Fault("folder", found, "Choose another name")])
        return folder
