from __future__ import annotations

from hoopscope.sessions.facts.text import text_of
from tests.sessions.facts.sessions import NOW, detail

REJECTED = """\
⊘ rejected after 1 minute and 18 seconds · exec on bash-rule (custom) · dana@acme.example
  2026-11-23 11:49:15.828443 → 11:50:33.971675 UTC · eb40aee8-59d7-4dd6-b5b6-398a0d31aa78
  A reviewer rejected it.

Review  ⊘ rejected
  reason    Not in business hours. [red]Ask[/red] again \\u202etomorrow; line
            break 日本
  dba       ⊘ rejected by Bruno Díaz bruno@acme.example · 2026-11-23 11:50:33 UTC
  kind      one-time · rule needs-dba · min approvals 1
  asked     2026-11-23 11:49:15 UTC
  force     by sre
  id        0f04a44a-4640-420b-9a2c-7f5d4ed00ed9

Script  1 line, 40 bytes
  echo needs review rv_reject; date -u +%F

Who  dana@acme.example · person
  name      Dana 田中
  org       b632c595-b3ea-443b-9d7e-cefc9e27741d

Where  bash-rule · custom
  no tags, no labels

Belongs to
  workflow  REVIEW-1

Guardrails  none
AI analysis  none
Data  none: it never ran
Metadata  none
Other fields  none"""


def test_a_session_as_text() -> None:
    lines = text_of(detail("review-rejected-reason"), now=NOW, utc=True)
    assert "\n".join(lines) == REJECTED


def test_nothing_is_cut() -> None:
    script = {"data": "\n".join(f"select {index}" for index in range(2000)) + "x" * 5000}
    lines = text_of(detail("ok-simple", script=script), now=NOW, utc=True)
    assert f"  select 1999{'x' * 5000}" in lines
    assert len(lines) > 2000


def test_our_own_signs_can_be_ascii() -> None:
    for name in ("review-two-groups-partial", "ai-agentic-high-block", "jit-live-ready"):
        session = detail(name, user_name="Dana", review=None)
        lines = text_of(session, now=NOW, utc=True, ascii_only=True)
        assert "\n".join(lines).isascii()
