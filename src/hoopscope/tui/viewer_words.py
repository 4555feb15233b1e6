"""Which gateway it is, who looks and what is out of the ordinary: in every top line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hoopscope.untrusted import cell_width, harmless

if TYPE_CHECKING:
    from hoopscope.tui.standing import Span, Viewer

_LONGEST = 40
"""Cells of a gateway's name and of a user's, at most."""


def gateway_name(viewer: Viewer) -> Span:
    """The gateway's name: a block in its accent where it is one of the settings' own."""
    name = harmless(viewer.profile or viewer.host, _LONGEST)
    is_block = viewer.profile or viewer.has_accent
    return (f" {name} ", "gateway") if is_block else (f" {name} ", "accent")


def who(viewer: Viewer, *, short: bool) -> str:
    """The user and the role; short is `ana@…·admin`. "" while nobody knows."""
    if not viewer.user:
        return ""
    user = harmless(viewer.user, _LONGEST)
    local, at, _ = user.partition("@")
    if short and at and local:
        user = f"{local}@…"
    between = "·" if short else " · "
    return user + (f"{between}{harmless(viewer.role, 12)}" if viewer.role else "")


def out_of_the_ordinary(viewer: Viewer) -> list[Span]:
    """That nothing is written, that TLS is not verified; each with room after it."""
    spans: list[Span] = []
    if viewer.skip_tls_verify:
        spans.append(("TLS not verified!  ", "failure"))
    if viewer.read_only:
        spans.append(("read-only  ", "waiting"))
    return spans


def first_that_fits(forms: Sequence[Sequence[Span]], room: int) -> list[Span]:
    """The first of several ways to say something that takes no more cells, else the last."""
    for form in forms:
        if cells(form) <= room:
            break
    return list(form)


def cells(spans: Sequence[Span]) -> int:
    """How many cells spans take."""
    return sum(cell_width(text) for text, _ in spans)
