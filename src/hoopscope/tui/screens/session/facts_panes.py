"""The parts that are panels of facts: summary, review, analysis."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar

from hoopscope.recordings.parts import Part
from hoopscope.sessions.facts import analysis, review, script
from hoopscope.sessions.facts.panel import AT_LENGTH
from hoopscope.tui.screens.session.part_pane import PartPane
from hoopscope.tui.widgets.detail_pane import DetailPane

if TYPE_CHECKING:
    from hoopscope.tui.screens.session.surroundings import Surroundings


class FactsPane(PartPane):
    """Panels of a session at full width, nothing that people or models wrote cut short."""

    panels: ClassVar[Collection[str]] = ()
    in_one_column: ClassVar[bool] = False

    def __init__(self, around: Surroundings, *, utc: bool) -> None:
        super().__init__(around)
        self._pane = DetailPane(
            clock=around.clock,
            utc=utc,
            ascii_only=around.ascii_only,
            limits=AT_LENGTH,
            only=self.panels,
            in_one_column=self.in_one_column,
        )

    @property
    def shown(self) -> DetailPane:
        """The pane."""
        return self._pane

    def session_changed(self) -> None:
        """What the list knows at once, and the rest when it is there."""
        opened = self.opened
        if opened is None:
            self._pane.show_nothing()
        elif opened.detail is not None:
            self._pane.show_detail(opened.row, opened.detail)
        elif opened.problem is not None:
            self._pane.show_failure(opened.row, opened.problem)
        else:
            self._pane.show_row(opened.row)

    def set_utc(self, utc: bool) -> None:
        """Say times in UTC, or in the operator's own zone."""
        self._pane.utc = utc


class SummaryPane(FactsPane):
    """All panels."""

    part = Part.SUMMARY


class ReviewPane(FactsPane):
    """What was asked for, who decided, and the script that it is about."""

    part = Part.REVIEW
    panels = (review.ID, script.ID, "failure")


class AnalysisPane(FactsPane):
    """What an AI analyser thought, all of its steps."""

    part = Part.ANALYSIS
    panels = (analysis.ID, "failure")
    in_one_column = True
