"""libghostty-vt, the terminal of Ghostty as a library, called through cffi.

pyghostty brings the library and its declarations. Its own module parses all of them at each start,
a quarter of a second; here only those that are called are taken from the same text, so that they
fit the library whatever its version. Importing fails with ImportError or OSError where there is no
library for this machine.
"""

from __future__ import annotations

import re
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from cffi import FFI, CDefError, FFIError

from hoopscope.recordings.emulator import EmulatorFailed

_CALLED = (
    "ghostty_formatter_format_buf",
    "ghostty_formatter_free",
    "ghostty_formatter_terminal_new",
    "ghostty_free",
    "ghostty_render_state_clean",
    "ghostty_render_state_free",
    "ghostty_render_state_get",
    "ghostty_render_state_new",
    "ghostty_render_state_row_cells_free",
    "ghostty_render_state_row_cells_get",
    "ghostty_render_state_row_cells_new",
    "ghostty_render_state_row_cells_select",
    "ghostty_render_state_row_get",
    "ghostty_render_state_row_iterator_free",
    "ghostty_render_state_row_iterator_new",
    "ghostty_render_state_row_iterator_next_dirty",
    "ghostty_render_state_update",
    "ghostty_snapshot_decoder_decode",
    "ghostty_snapshot_decoder_free",
    "ghostty_snapshot_decoder_new_buf",
    "ghostty_snapshot_decoder_set",
    "ghostty_snapshot_encode_alloc",
    "ghostty_terminal_free",
    "ghostty_terminal_get",
    "ghostty_terminal_grid_ref",
    "ghostty_terminal_new",
    "ghostty_terminal_resize",
    "ghostty_terminal_selection_format_buf",
    "ghostty_terminal_set",
    "ghostty_terminal_vt_write",
    "GhosttyCellsView",
    "GhosttyStyle",
    "GhosttyTerminalScreen",
)

_NAME_AT_END = re.compile(r"^\s*(?:typedef\b[^()]*[\s*]|\}\s*)(\w+);$")
_NAME_OF_FUNCTION = re.compile(r"\(\*(\w+)\)|\b(ghostty_\w+)\s*\(")

# cffi cannot pass a union by value; a struct of the same layout is passed alike.
_POINT = """
typedef struct { uint16_t x; uint32_t y; uint64_t padding; } HoopscopePointValue;
typedef struct { GhosttyPointTag tag; HoopscopePointValue value; } HoopscopePoint;
"""
_GRID_REF = "GhosttyResult(*)(GhosttyTerminal, HoopscopePoint, GhosttyGridRef*)"


def check(result: int) -> None:
    """Raise EmulatorFailed unless a call succeeded."""
    if result:
        raise EmulatorFailed(f"libghostty-vt gave {result}")


def _declarations(text: str) -> dict[str, str]:
    """Each declaration by its name; they end with a line that ends with a semicolon."""
    found: dict[str, str] = {}
    lines: list[str] = []
    depth = 0
    for line in text.splitlines():
        line = line.rstrip()
        if not line or line.startswith("/*"):
            continue
        lines.append(line)
        depth += line.count("{") - line.count("}")
        if depth or not line.endswith(";"):
            continue
        declaration, lines = "\n".join(lines) + "\n", []
        named = _NAME_AT_END.search(line) or _NAME_OF_FUNCTION.search(declaration)
        if named is not None:
            found[named[named.lastindex or 0]] = declaration
    return found


def _needed(names: tuple[str, ...], declared: dict[str, str]) -> str:
    """The declarations of these names and all that they use, each behind what it uses."""
    taken: dict[str, str] = {}

    def take(name: str) -> None:
        if name not in taken and name in declared:
            for used in re.findall(r"\bGhostty\w+", declared[name]):
                if used != name:
                    take(used)
            taken[name] = declared[name]

    for name in names:
        take(name)
    return "".join(taken.values())


def _opened() -> tuple[Any, Any]:
    package = find_spec("pyghostty")
    if package is None or not package.submodule_search_locations:
        raise ImportError("there is no pyghostty")
    folder = Path(package.submodule_search_locations[0])
    spec = spec_from_file_location("hoopscope_ghostty_declarations", folder / "_cdef.py")
    if spec is None or spec.loader is None:
        raise ImportError("this pyghostty has no declarations")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    paths = [path for path in (folder / "_lib").iterdir() if path.suffix in (".so", ".dylib")]
    if not paths:
        raise ImportError("this pyghostty has no library")
    foreign = FFI()
    try:
        foreign.cdef(_needed(_CALLED, _declarations(module.CDEF)) + _POINT)
        library = foreign.dlopen(str(paths[0]))
        for name in _CALLED:
            if name.startswith("ghostty_"):
                getattr(library, name)
        fits = foreign.sizeof("HoopscopePoint") == foreign.sizeof("GhosttyPoint")
    except (FFIError, CDefError, AttributeError) as error:
        raise ImportError("this pyghostty is another one") from error
    if not fits:
        raise ImportError("this pyghostty has another layout")
    return foreign, library


ffi, lib = _opened()

grid_ref = ffi.cast(_GRID_REF, ffi.addressof(lib, "ghostty_terminal_grid_ref"))
"""`ghostty_terminal_grid_ref` with a point that can be passed."""


def sized(name: str) -> Any:
    """A new struct with its `size`, and those of the structs in it, filled in."""
    made = ffi.new(f"{name}*")
    _fill_sizes(made)
    return made


def _fill_sizes(struct: Any) -> None:
    kind = ffi.typeof(struct).item
    for name, field in kind.fields:
        if name == "size":
            struct.size = ffi.sizeof(kind)
        elif field.type.kind == "struct":
            _fill_sizes(ffi.addressof(struct[0], name))
