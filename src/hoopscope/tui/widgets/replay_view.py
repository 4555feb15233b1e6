"""ReplayView: a recording played in a terminal within the terminal, and its keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from hoopscope.recordings import markers
from hoopscope.recordings.emulator import MAX_COLUMNS, MAX_ROWS
from hoopscope.recordings.playhead import IDLE_SECONDS
from hoopscope.recordings.replay import Replay
from hoopscope.tui.key_names import hinted, hints_of
from hoopscope.tui.widgets.replay_player import ReplayPlayer
from hoopscope.tui.widgets.replay_wording import clock_from
from hoopscope.tui.widgets.requests import AGAIN, AnswerWanted, CopyWanted, SentenceWanted

JUMP_SECONDS = 5.0
_START, _END = "This is the start.", "This is the end."


class ReplayView(ReplayPlayer):
    """Plays a recording, goes to and fro in it, searches it; or watches it grow."""

    BINDING_GROUP_TITLE = "Replay"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "toggle_playing", "play, pause", id="replay.toggle_playing"),
        Binding(
            "greater_than_sign,plus,equals_sign",
            "change_speed(1)",
            "faster",
            show=False,
            id="replay.play_faster",
        ),
        Binding(
            "less_than_sign,minus",
            "change_speed(-1)",
            "slower",
            show=False,
            id="replay.play_slower",
        ),
        Binding(
            "i", "toggle_idle", "cut silence, or play it", show=False, id="replay.toggle_silence"
        ),
        Binding("right,l", "jump(1)", "5 s forward", show=False, id="replay.jump_forward"),
        Binding("left,h", "jump(-1)", "5 s back", show=False, id="replay.jump_back"),
        Binding("full_stop", "step(1)", "step", id="replay.step_forward"),
        Binding("comma", "step(-1)", "back", id="replay.step_back"),
        Binding("p", "go_to_command(1)", "command", id="replay.go_to_next_command"),
        Binding(
            "P",
            "go_to_command(-1)",
            "previous command",
            show=False,
            id="replay.go_to_previous_command",
        ),
        Binding("e", "go_to_mark(1)", "error", id="replay.go_to_next_error"),
        Binding(
            "E", "go_to_mark(-1)", "the one before", show=False, id="replay.go_to_previous_error"
        ),
        Binding("home", "go_to_start", "start", show=False, id="replay.go_to_start"),
        Binding(
            "end,G", "go_to_end", "end; follows what is live", show=False, id="replay.go_to_end"
        ),
        Binding("g", "ask_moment", "time", id="replay.go_to_moment"),
        Binding("slash", "ask_text", "find", id="replay.find"),
        Binding("n", "go_to_found(1)", "next match", show=False, id="replay.find_next"),
        Binding("N", "go_to_found(-1)", "previous match", show=False, id="replay.find_previous"),
        Binding("z", "ask_size", "size of the terminal", show=False, id="replay.set_size"),
        Binding("shift+left,H", "pan(-8, 0)", "look left", show=False, id="replay.look_left"),
        Binding("shift+right,L", "pan(8, 0)", "look right", show=False, id="replay.look_right"),
        Binding("shift+up,K", "pan(0, -4)", "look up", show=False, id="replay.look_up"),
        Binding("shift+down,J", "pan(0, 4)", "look down", show=False, id="replay.look_down"),
        Binding("0", "unpan", "look at the cursor", show=False, id="replay.look_at_cursor"),
        Binding("y", "copy_screen", "copy the screen", show=False, id="replay.copy_screen"),
        Binding("R", "restart", "start it again after a failure", show=False, id="replay.restart"),
    ]

    _silence = IDLE_SECONDS
    """What silence is cut to, while none is."""

    def action_toggle_playing(self) -> None:
        """Play, or stop playing or following."""
        if self.is_playing:
            self._pause()
        elif self.is_following:
            self.is_following = False
        elif self._replay_to_steer() is not None:
            self._play()
        self._state()

    def action_change_speed(self, direction: int) -> None:
        """Faster or slower."""
        if (replay := self._replay_to_steer()) is None:
            return
        before = replay.playhead.speed
        replay.playhead.faster(direction)
        if replay.playhead.speed == before:
            self._say(f"It plays at ×{before:g}; that is the {_most(direction)}.")
        self._state()

    def action_toggle_idle(self) -> None:
        """Cut long silence, or play all of it."""
        if (replay := self._replay_to_steer()) is not None:
            head = replay.playhead
            self._silence, head.idle = (
                head.idle or self._silence,
                0.0 if head.idle else self._silence,
            )
            self._state()

    def action_jump(self, direction: int) -> None:
        """Some seconds on or back."""
        if (replay := self._replay_to_steer()) is not None:
            before = replay.playhead.clock
            self._go_to_clock(before + direction * JUMP_SECONDS)
            if replay.playhead.clock == before:
                self._say(_END if direction > 0 else _START)

    def action_step(self, direction: int) -> None:
        """To the next screen or the one before."""
        if (replay := self._replay_to_steer()) is None:
            return
        self._pause()
        before = replay.playhead.event
        replay.playhead.step(direction)
        self._went()
        if replay.playhead.event == before:
            self._say("That was the last event." if direction > 0 else "That was the first event.")

    def action_go_to_command(self, direction: int) -> None:
        """To the next command that was entered, or prompt where no input was recorded."""
        if (replay := self._replay_to_steer()) is not None:
            self._go_to_next(replay, replay.markers.commands(), direction, "command")

    def action_go_to_mark(self, direction: int) -> None:
        """To the next error or guardrail word."""
        if (replay := self._replay_to_steer()) is not None:
            events = replay.markers.of(markers.ERROR, markers.WORD)
            self._go_to_next(replay, events, direction, "error or guardrail word")

    def action_go_to_start(self) -> None:
        """To where nothing has happened yet."""
        if (replay := self._replay_to_steer()) is not None:
            if replay.playhead.clock < 1:
                # Within the first second nothing may be seen to change.
                self._say(_START)
            self._go_to_event(0)

    def action_go_to_end(self) -> None:
        """To the end, and on with it where it is live."""
        if (replay := self._replay_to_steer()) is not None:
            self._pause()
            if replay.playhead.event == len(replay.recording) and not self._is_live:
                self._say(_END)
            self._go_to_event(len(replay.recording))
            self.is_following = self._is_live
            self._state()

    def action_ask_moment(self) -> None:
        """Ask for a time and go there."""
        if self._replay_to_steer() is not None:
            self.post_message(AnswerWanted("Go to (1:23, 90, 50%)", self._go_to_entered, AGAIN))

    def action_ask_text(self) -> None:
        """Ask for a text and go to the moment at which it first showed."""
        if self._replay_to_steer() is not None:
            self.post_message(AnswerWanted("Find what showed", self._find))

    def action_go_to_found(self, direction: int) -> None:
        """To the next match or the one before."""
        if (replay := self._replay_to_steer()) is None:
            return
        if replay.found is None:
            self._say(
                hinted("Nothing was searched for yet.", hints_of(self)("replay.find", "does."), " ")
            )
        else:
            self._go_to_next(replay, replay.found, direction, "match")

    def action_ask_size(self) -> None:
        """Ask for the size of the terminal."""
        if self._replay_to_steer() is not None:
            question = "Size of the terminal (120x40; nothing: estimate)"
            self.post_message(AnswerWanted(question, self._set_size))

    def action_pan(self, columns: int, rows: int) -> None:
        """Look at another part of the terminal."""
        if self._replay_to_steer() is not None and not self._screen.pan(columns, rows):
            whole = self._screen.is_whole
            self._say("All of the terminal is shown." if whole else "That is its edge.")
        self._state()

    def action_unpan(self) -> None:
        """Look at the part around the cursor again."""
        self._screen.unpan()
        self._state()

    def action_copy_screen(self) -> None:
        """Copy what the terminal shows."""
        if text := self._screen.text:
            self.post_message(CopyWanted(text, "the screen"))
        else:
            self._say("There is nothing on the screen to copy.")

    def action_restart(self) -> None:
        """Start the process again after it ended."""
        if self._replay is None:
            self._say("There is nothing to replay yet.")
        elif self._replay.is_running:
            plays = hints_of(self)("replay.toggle_playing", "plays.")
            self._say(hinted("The replay is running.", plays, " "))
        else:
            self._start()
            self._say("The replay was started again.")

    def _replay_to_steer(self) -> Replay | None:
        """The replay, if keys can act on it; otherwise it is said why not."""
        if self._replay is None:
            self._say("There is nothing to replay yet.")
        elif not self._replay.is_running:
            self._say(hinted("The replay has ended.", self._starts_again(), " "), "failure")
        else:
            return self._replay
        return None

    def _go_to_next(self, replay: Replay, events: Sequence[int], direction: int, what: str) -> None:
        event = replay.next_event(events, direction)
        if event is not None:
            self._go_to_event(event)
            self._say("")
        elif direction > 0 and not replay.is_indexed:
            share = replay.indexed / len(replay.recording)
            self._say(f"No further {what} in the {share:.0%} that were read so far.")
        else:
            self._say(f"There is no {what} {'further on' if direction > 0 else 'before'}.")

    def _go_to_entered(self, text: str) -> None:
        if (replay := self._replay_to_steer()) is None or not text.strip():
            return
        moment = 0.0 if text == AGAIN else clock_from(text, replay.recording.duration)
        if moment is None:
            self._say("That is no time. A time is 1:23, or 90 (seconds), or 50%.")
        else:
            self._go_to_clock(moment)

    def _find(self, text: str) -> None:
        if (replay := self._replay_to_steer()) is None:
            return
        if text:
            self._pause()
            replay.find(text, self._go_to_first_found)
        else:
            replay.found = None
            self._state()

    def _go_to_first_found(self) -> None:
        replay = self._replay
        if replay is None or replay.found is None:
            return
        if not replay.found:
            rest = "" if replay.is_indexed else " so far; not all was read yet"
            self._say(f"That was not shown{rest}.")
        elif (event := replay.next_event(replay.found, 1)) is not None:
            self._go_to_event(event)
            self._say("")
        else:
            self._go_to_event(replay.found[0] + 1)
            self._say("Not further on: this is the first match.")
        self._state()

    def _set_size(self, text: str) -> None:
        if (replay := self._replay_to_steer()) is None:
            return
        given = re.fullmatch(r"\s*(\d{1,4})\s*[x×*, ]\s*(\d{1,4})\s*", text, re.IGNORECASE)
        if not text.strip():
            replay.set_size(0, 0)
        elif given is None or not (
            1 < int(given[1]) <= MAX_COLUMNS and 1 < int(given[2]) <= MAX_ROWS
        ):
            self._say(f"That is no size. Columns x rows, up to {MAX_COLUMNS}x{MAX_ROWS}.")
        else:
            replay.set_size(int(given[1]), int(given[2]))

    def _say(self, text: str, tone: str = "muted") -> None:
        self.post_message(SentenceWanted(text, tone))


def _most(direction: int) -> str:
    return "fastest" if direction > 0 else "slowest"
