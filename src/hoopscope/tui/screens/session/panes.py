"""Which pane shows which part; each module is loaded when its part is first looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.recordings.parts import Part

if TYPE_CHECKING:
    from hoopscope.tui.screens.session.part_pane import PartPane
    from hoopscope.tui.screens.session.surroundings import Surroundings


def pane_of(part: Part, around: Surroundings, *, utc: bool) -> PartPane:
    """A new pane for a part."""
    match part:
        case Part.SCRIPT:
            from hoopscope.tui.screens.session.script_pane import ScriptPane

            return ScriptPane(around)
        case Part.OUTPUT:
            from hoopscope.tui.screens.session.output_pane import OutputPane

            return OutputPane(around)
        case Part.REPLAY:
            from hoopscope.tui.screens.session.replay_pane import ReplayPane

            return ReplayPane(around)
        case Part.EVENTS:
            from hoopscope.tui.screens.session.events_pane import EventsPane

            return EventsPane(around, utc=utc)
        case Part.JSON:
            from hoopscope.tui.screens.session.json_pane import JsonPane

            return JsonPane(around)
        case Part.REVIEW:
            from hoopscope.tui.screens.session.facts_panes import ReviewPane

            return ReviewPane(around, utc=utc)
        case Part.ANALYSIS:
            from hoopscope.tui.screens.session.facts_panes import AnalysisPane

            return AnalysisPane(around, utc=utc)
        case _:
            from hoopscope.tui.screens.session.facts_panes import SummaryPane

            return SummaryPane(around, utc=utc)
