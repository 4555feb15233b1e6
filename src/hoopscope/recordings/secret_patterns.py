"""Secrets that betray themselves in a text: by the name before them, or by their shape.

Found are: values of names that end in `password`, `token`, `secret`, `…key` and the like (`NAME=…`,
`"name": "…"`, a YAML line, `--name …`), passwords in SQL, `Authorization` and cookie headers,
passwords in URLs and on the command lines of common clients, secrets in query strings, tokens of
well-known shapes, private keys. Placeholders (`$VAR`, `?`, `<…>`, `null`) are not secrets.
Not found is what has neither a name nor a shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hoopscope.recordings.marked_text import MarkedText, Secret


class _Rule(NamedTuple):
    needles: tuple[bytes, ...]
    """Lower-case; without one of them in the text the pattern is not even tried."""
    pattern: re.Pattern[bytes]
    """For lower-case text; its group `v` is the secret."""
    what: str


# A value: quoted, or up to what ends it in a shell, in JSON, in a query string.
_NOT_A_SECRET = rb"(?![$?%<{*&\[]|(?:true|false|null|none|nil|undefined)\b)"
_DOUBLE = rb'\\?"' + _NOT_A_SECRET + rb'(?P<v1>(?:[^"\\\r\n]|\\[^"\r\n])+)'
_SINGLE = rb"'(?![?%<{*])(?P<v2>[^'\r\n]+)"
_BARE = _NOT_A_SECRET + rb"(?P<v3>[^\s\"'&;,)}\]\\|<>]+)"
_VALUE = rb"(?:" + _DOUBLE + rb"|" + _SINGLE + rb"|" + _BARE + rb")"
_NAMES = (b"passw", b"passphrase", b"secret", b"token", b"key", b"pwd")
_NAME = (
    rb"(?:passwords?|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key"
    rb"|secret[_-]?key|auth[_-]?key|(?<=[a-z0-9])_pwd|(?<=\")pwd)"
)
_ASSIGNED = rb"(?:=|\\?[\"']\s{0,8}(?:=>?|:)\s{0,8}(?=\\?[\"'])|\s{1,8}=>?\s{0,8}(?=\\?[\"']))"
_SQL_STRING = rb"[en]?(?:'(?P<v1>(?:[^'\\]|''|\\.)+)'|\$(\w*)\$(?P<v2>.+?)\$\2\$)"
# Headers may go on in the next line, which then begins with a blank.
_TO_LINE_END = rb"(?P<v>[^\r\n\"']+(?:\r\n[ \t]+[^\r\n\"']+)*)"


def _rule(needles: tuple[bytes, ...], pattern: bytes, what: str, flags: int = 0) -> _Rule:
    return _Rule(needles, re.compile(pattern, flags), what)


_RULES = (
    _rule(_NAMES, _NAME + _ASSIGNED + _VALUE, "secret"),
    _rule(_NAMES, rb"(?:^|[\s{,(])[\w.-]{0,60}?" + _NAME + rb":\s{0,8}(?=[\"'][^\s;)])" + _VALUE,
          "secret", re.MULTILINE),
    _rule(_NAMES, rb"^[ \t-]*[\w.-]{0,60}?" + _NAME + rb":[ \t]+" + _BARE + rb"[ \t]*\r?$",
          "secret", re.MULTILINE),
    _rule(_NAMES, rb"(?<!\S)--[\w-]{0,40}?" + _NAME + rb"[ \t]+(?!-)" + _VALUE, "secret"),
    _rule((b"passw", b"identified"),
          rb"\b(?:password|identified\s+by(?:\s+password)?|identified\s+with\s+\S+\s+(?:by|as))"
          rb"(?:\s+for\s+\S+)?\s*(?:=|\(|to\b)?\s*(?:password\s*\()?\s*" + _SQL_STRING,
          "password", re.DOTALL),
    _rule((b"authorization",), rb"\bauthorization[\"']?\s{0,4}:\s{0,4}[\"']?" + _TO_LINE_END,
          "authorization"),
    _rule((b"cookie",), rb"(?:^|[\"'\s])(?:set-)?cookie[\"']?:\s{0,4}[\"']?" + _TO_LINE_END,
          "cookie", re.MULTILINE),
    _rule((b"key", b"token"),
          rb"\b(?:api-key|[\w-]{0,40}-api-key|x-[\w-]{0,40}-token|x-[\w-]{0,40}-api-key"
          rb"|private-token)[\"']?:\s{0,4}[\"']?" + _TO_LINE_END, "api key"),
    _rule((b"bearer",), rb"\bbearer\s+(?=\S{0,200}\d)(?P<v>[\w.~+/=-]{8,})", "authorization"),
    _rule((b"://",), rb"://[^\s/:@\"']{0,128}:(?P<v>[^\s/@\"']{1,512})@", "password"),
    _rule((b"sig", b"key", b"credential="),
          rb"[?&](?:sig|signature|key|x-amz-(?:signature|credential|security-token))="
          rb"(?P<v>[^&\s\"']{16,})", "secret"),
    _rule((b"eyj",), rb"\b(?P<v>eyj[\w-]{8,}\.[\w-]{8,}\.[\w-]*)", "token"),
    _rule((b"ghp_", b"gho_", b"ghs_", b"github_pat_", b"glpat", b"xox", b"hpk_",
           b"xapi-", b"sk-", b"aiza"),
          rb"\b(?P<v>gh[pos]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}"
          rb"|hpk_[\w-]{8,}|xapi-[\w-]{8,}|sk-[\w-]{20,}|aiza[\w-]{30,})", "token"),
    _rule((b"key",),
          rb"-----begin [a-z ]{0,20}private key-----(?P<v>(?:[^-]|-(?!----))+)",
          "private key"),
    _rule((b"mysql",), rb"\bmysql\w*\s[^\n|;]{0,200}?(?<=\s)-p(?P<v>[^\s-]\S*)", "password"),
    _rule((b"passw", b"key"), rb"\bauth_(?:new)?(?:password|sesskey)\s+(?P<v>[0-9a-f]{8,})",
          "password"),
    _rule((b"sshpass",), rb"\bsshpass\s+-p\s*(?P<v>\S+)", "password"),
    _rule((b"redis-cli",), rb"\bredis-cli\s[^\n|;]{0,200}?(?<=\s)-a\s+(?P<v>\S+)", "password"),
    _rule((b"curl",),
          rb"\bcurl\s[^\n|;]{0,200}?(?<=\s)(?:-u|--user)[ =]?[\"']?[^\s:\"']{1,100}:"
          rb"(?P<v>[^\s\"']+)", "password"),
    _rule((b'"sasl',),
          rb'"sasl(?:start|continue)".{0,400}?"(?:base64|payload)"\s*:\s*"(?P<v>[^"]+)"',
          "password", re.DOTALL),
)  # fmt: skip


_RULES_OF = {
    needle: [rule for rule in _RULES if needle in rule.needles]
    for needle in sorted({needle for rule in _RULES for needle in rule.needles})
}
_NEEDLES = tuple(_RULES_OF)
_ANY_NEEDLE = re.compile(b"|".join(map(re.escape, _NEEDLES)))
_PIECE, _OVERLAP = 65_536, 4096
_SHORT = 256
"""Bytes up to which looking for all words at once is faster than for one after the other."""


def secrets_in(content: bytes) -> list[Secret]:
    """Where the secrets of a text are, in bytes; in order, without overlaps.

    A long text is looked at in pieces, so that other threads need not wait for long.
    """
    if len(content) <= _PIECE:
        return _in_piece(content)
    found = [
        Secret(at + start, at + end, what)
        for at in range(0, len(content), _PIECE)
        for start, end, what in _in_piece(content[at : at + _PIECE + _OVERLAP])
    ]
    return _apart(found) if found else found


def has_secrets(content: bytes) -> bool:
    """Whether a text has any."""
    pieces = range(0, len(content), _PIECE)
    return any(_in_piece(content[at : at + _PIECE + _OVERLAP]) for at in pieces)


def _in_piece(content: bytes) -> list[Secret]:
    # Case folded byte by byte, so that places stay what they are.
    low = content.lower()
    # Nearly all texts have none of the words: that has to be told fast.
    if len(low) <= _SHORT and not _ANY_NEEDLE.search(low):
        return []
    hits = [needle for needle in _NEEDLES if needle in low]
    if not hits:
        return []
    found: list[Secret] = []
    tried: set[int] = set()
    for needle in hits:
        for rule in _RULES_OF[needle]:
            if id(rule) not in tried:
                tried.add(id(rule))
                found += _matches(rule, low)
    return _apart(found) if len(found) > 1 else found


def _matches(rule: _Rule, low: bytes) -> Iterator[Secret]:
    for match in rule.pattern.finditer(low):
        for name in rule.pattern.groupindex:
            start, end = match.span(name)
            if start >= 0:
                yield Secret(start, end, rule.what)
                break


def marked(text: str) -> MarkedText:
    """A text with its secrets marked."""
    content = text.encode("utf-8", "surrogatepass")
    found = secrets_in(content)
    if not found:
        return MarkedText(text)
    if len(content) == len(text):
        return MarkedText(text, tuple(found))
    return MarkedText(text, tuple(_in_characters(content, found)))


def _in_characters(content: bytes, secrets: list[Secret]) -> Iterator[Secret]:
    """Places in bytes as places in the text that they are of."""
    at = characters = 0
    for start, end, what in secrets:
        characters += len(content[at:start].decode("utf-8", "surrogatepass"))
        length = len(content[start:end].decode("utf-8", "surrogatepass"))
        yield Secret(characters, characters + length, what)
        characters += length
        at = end


def _apart(secrets: list[Secret]) -> list[Secret]:
    """In order, those that overlap as one."""
    secrets.sort()
    kept = [secrets[0]]
    for start, end, what in secrets[1:]:
        last = kept[-1]
        if start < last.end:
            kept[-1] = Secret(last.start, max(last.end, end), last.what)
        else:
            kept.append(Secret(start, end, what))
    return kept
