"""Compiling a part: a function that only compiled functions call.

Numba makes each function a library of its own: it optimises it, makes machine code of it, then
links it into every caller's library and optimises all of that again. Five calls deep a function
is optimised five times, and nobody ever runs the first four. A part is left as it is lowered;
the entry point that it ends up in is optimised once, as a whole.

Made with what Numba offers to customise its compiler (a compiler class with passes of its own);
the library's two steps that are left out are Numba's inner affair, and their names may change.
"""

from __future__ import annotations

from typing import Any

from numba import _dynfunc  # type: ignore[attr-defined]
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder, StateDict
from numba.core.compiler_machinery import register_pass
from numba.core.typed_passes import NativeLowering


class _Part(JITCodeLibrary):
    """A library that is only ever linked into another one."""

    def _optimize_final_module(self) -> None:
        """Leave it to the library it is linked into."""

    def _finalize_final_module(self) -> None:
        """Make no machine code of it."""
        self._finalize_dynamic_globals()
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerPart(NativeLowering):
    """Lowering into a part."""

    _name = "part_lowering"

    def run_pass(self, state: StateDict) -> bool:
        """Lower, and make known to callers without an address to call."""
        part = state.library = _Part(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        super().run_pass(state)
        lowered = state["cr"]
        about = lowered.fndesc
        # Numba tells functions apart by these, and calls none of a part's.
        handle = _dynfunc.make_function(
            about.lookup_module(), about.qualname, about.qualname, 0, lowered.env, (part,)
        )
        state.targetctx.insert_user_function(handle, about, [part])
        state["cr"] = lowered._replace(cfunc=handle)
        return True


class PartCompiler(CompilerBase):
    """Numba's own passes, but for the lowering."""

    def define_pipelines(self) -> list[Any]:
        """Return the one list of passes there is."""
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state, "part")
        passes.passes = [
            (_LowerPart if step is NativeLowering else step, about) for step, about in passes.passes
        ]
        return [passes]
