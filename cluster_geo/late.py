"""Packages whose public names are loaded when they are first asked for.

Importing such a package is quick, and a command that does not search never loads the compiler and
the solvers that a search needs.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType


class LatePackage(ModuleType):
    """A package that loads its names late.

    A name stays what it is though a module of the package is called the same (`solve`): importing
    a module sets it in its package, here too, but not in the place of a name that is offered.
    """

    _HOMES: Mapping[str, str]

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in self._HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        """Names, loaded or not."""
        return sorted({*super().__dir__(), *self._HOMES})


def homes(package: str, names_of: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Have a package load its names late; return the module in which each of them lives.

    Parameters
    ----------
    package : str
        The package's `__name__`; it keeps what is returned as `_HOMES`.
    names_of : mapping of str to sequence of str
        Names by the module in which they live, as it is called within the package.
    """
    found = {name: home for home, names in names_of.items() for name in names}
    module = sys.modules[package]
    vars(module)["_HOMES"] = found
    module.__class__ = LatePackage
    return found


def load(package: str, name: str) -> object:
    """Load one of a package's names: what the package's `__getattr__` does."""
    module = sys.modules[package]
    homes_of = vars(module)["_HOMES"]
    if name not in homes_of:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{package}.{homes_of[name]}"), name)
    setattr(module, name, found)
    return found
