"""What a widget asks of whatever screen it is on: to ask, to say, to copy, to open a text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from hoopscope.recordings.byte_source import ByteSource


AGAIN = "g"
"""The answer to where to go that needs no enter: with the key that asks it is `gg`, the start."""


@dataclass
class AnswerWanted(Message):
    """The operator is to be asked something in a line; `answer` is called with what was entered.

    `at_once` needs no enter.
    """

    question: str
    answer: Callable[[str], None]
    at_once: str = ""


@dataclass
class SentenceWanted(Message):
    """A harmless sentence is to be said, in a tone of Notice: "", muted, waiting or failure."""

    text: str
    tone: str = "muted"


@dataclass
class CopyWanted(Message):
    """A text is to be copied, if that is allowed; `what` names it in a sentence ("the line").

    `text` may be hostile. With `is_line` a line break in it is copied as an escape.
    """

    text: str
    what: str
    is_line: bool = False


@dataclass
class ReadingWanted(Message):
    """A text is to be opened in a pager of its own.

    `title` may be hostile. `language` is a name or alias that pygments knows, "" for none.
    """

    title: str
    source: ByteSource
    language: str = ""
