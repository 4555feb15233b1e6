"""Guardrail matches: what a rule found in what went in or came out.

Source: public reference and observed gateway behaviour.
"""

from __future__ import annotations

from hoopscope.gateway.models.base import GatewayModel, Text


class GuardrailRule(GatewayModel):
    """What was looked for: `deny_words_list` with words, `pattern_match` with a pattern, …"""

    type: Text | None = None
    words: list[Text] | None = None
    pattern_regex: Text | None = None


class GuardrailMatch(GatewayModel):
    """One match. `direction` is input, output or `server_to_client`."""

    rule_name: Text | None = None
    rule: GuardrailRule | None = None
    direction: Text | None = None
    matched_words: list[Text] | None = None
    message: Text | None = None
