"""Compiling a part: a function that only compiled functions call.

Numba makes a library of each function: it optimises it, generates machine code, then links it into
every caller's library and optimises all of that again. A function five calls deep is optimised
five times, although the first four results are never run. A part is only lowered; the entry point
that contains it is optimised once, as a whole. This halves the compilation time of a cold start
and changes nothing else.

Parts use Numba's interface for custom compilers (a compiler class with its own passes), but the two
steps of the library that they skip are internal to Numba. They are therefore used only if the
source of the functions that they replace or rely on is exactly that of a tested release
(`as_known`). Otherwise this module may fail to import, and `jit` works without it.
"""

from __future__ import annotations

import hashlib
import inspect
from typing import Any

from numba import _dynfunc  # type: ignore[attr-defined]
from numba.core.base import BaseContext
from numba.core.codegen import CodeLibrary, CPUCodeLibrary, JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder, StateDict, compile_result
from numba.core.compiler_machinery import register_pass
from numba.core.cpu import CPUContext
from numba.core.typed_passes import BaseNativeLowering, NativeLowering, NoPythonBackend

# What a part replaces, and what it relies on: how a library is filled, linked and finished, and
# how a function that was lowered becomes known to its callers.
RELIED_ON = (
    CodeLibrary._ensure_finalized,  # noqa: SLF001
    CPUCodeLibrary.__init__,
    CPUCodeLibrary._optimize_final_module,  # noqa: SLF001
    CPUCodeLibrary._get_module_for_linking,  # noqa: SLF001
    CPUCodeLibrary.add_linking_library,
    CPUCodeLibrary.add_ir_module,
    CPUCodeLibrary.add_llvm_module,
    CPUCodeLibrary.finalize,
    CPUCodeLibrary._finalize_dynamic_globals,  # noqa: SLF001
    CPUCodeLibrary._finalize_final_module,  # noqa: SLF001
    JITCodeLibrary.get_pointer_to_function,
    JITCodeLibrary._finalize_specific,  # noqa: SLF001
    CPUContext.get_executable,
    BaseContext.insert_user_function,
    DefaultPassBuilder.define_nopython_pipeline,
    BaseNativeLowering.run_pass,
    NoPythonBackend.run_pass,
    compile_result,
)
# Digests of their source (`digest_of_internals`) in the releases of Numba that CI runs the search
# with, the oldest allowed and the newest: a new one is added once its tests pass with parts.
KNOWN = frozenset(
    {
        # 0.61
        "6bd6f87df2985d64be6f7b505fce340c5a73b662dcfb172ca58ffc3d4813b0bf",
        # 0.63 to 0.68
        "60e5a81ba0f5dbdd14cd429589d3ad34c1f401a5a5a4045c77477a0841eee898",
    }
)


def digest_of_internals() -> str:
    """Digest of the source of what parts replace and rely on."""
    digest = hashlib.sha256()
    for function in RELIED_ON:
        digest.update(inspect.getsource(function).encode())
    return digest.hexdigest()


def as_known() -> bool:
    """Whether Numba's internals are those of a release with which parts were tested."""
    return digest_of_internals() in KNOWN


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
