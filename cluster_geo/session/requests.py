"""What may be asked in a session, each a plain record that a journal, a page and a script share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

MOST_LETTERS = 200

Urn = Annotated[int, Field(ge=1, le=999_999_999)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=MOST_LETTERS)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MOST_LETTERS)]
Urns = Annotated[tuple[Urn, ...], Field(min_length=1)]


class _Asked(BaseModel):
    """Base of the requests: immutable, and nothing that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Move(_Asked):
    """Schools to the clusters that they are to join: one, several, or two that swap.

    Parameters
    ----------
    to : mapping of int to str
        Code of the cluster, by the school's URN.
    """

    verb: Literal["move"] = "move"
    to: Annotated[dict[Urn, Code], Field(min_length=1)]


class Merge(_Asked):
    """A cluster into another, whose code and name stay."""

    verb: Literal["merge"] = "merge"
    code: Code
    into: Code


class Split(_Asked):
    """Schools out of their cluster, into one of their own with a new code."""

    verb: Literal["split"] = "split"
    urns: Urns
    name: Text = ""


class Together(_Asked):
    """Schools that are to share a cluster from now on."""

    verb: Literal["together"] = "together"
    urns: Annotated[tuple[Urn, ...], Field(min_length=2)]


class Apart(_Asked):
    """Schools of which no two are to share a cluster from now on."""

    verb: Literal["apart"] = "apart"
    urns: Annotated[tuple[Urn, ...], Field(min_length=2)]


class Release(_Asked):
    """Schools that need be neither together nor apart any more."""

    verb: Literal["release"] = "release"
    urns: Annotated[tuple[Urn, ...], Field(min_length=2)]


class Lock(_Asked):
    """A cluster that is to stay as it is."""

    verb: Literal["lock"] = "lock"
    code: Code


class Unlock(_Asked):
    """A cluster that may change again."""

    verb: Literal["unlock"] = "unlock"
    code: Code


class Rename(_Asked):
    """Another name for a cluster."""

    verb: Literal["rename"] = "rename"
    code: Code
    name: Annotated[Text, StringConstraints(min_length=1)]


class Meet(_Asked):
    """Where a cluster is to meet; at its central school if blank."""

    verb: Literal["meet"] = "meet"
    code: Code
    venue: Text


class Adjust(_Asked):
    """Settings of the scenario, such as ``{"clusters.size": "8:15"}``."""

    verb: Literal["adjust"] = "adjust"
    settings: Annotated[dict[Code, Text], Field(min_length=1)]


Request = Annotated[
    Move | Merge | Split | Together | Apart | Release | Lock | Unlock | Rename | Meet | Adjust,
    Field(discriminator="verb"),
]
_READER: TypeAdapter[Request] = TypeAdapter(Request)


def read_request(content: object) -> Request:
    """Read a request from plain values, as a journal or a page has it.

    Raises
    ------
    pydantic.ValidationError
        Where it is none.

    Examples
    --------
    >>> read_request({"verb": "move", "to": {"118313": "MAI-02"}}).to
    {118313: 'MAI-02'}
    """
    return _READER.validate_python(content)
