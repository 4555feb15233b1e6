"""Text found whatever its capitals: letters beyond ASCII are made small only where they matter."""

from __future__ import annotations

_SMALL_ALIKE = {"ς": "σ"}
"""At the end of a word a sigma is another small letter of the same capital."""

_OTHER_CAPITALS = {"θ": ("ϴ",), "σ": ("ς",)}


class AnyCase:
    """Finds out where a text may be in any case.

    Args:
        text: what is looked for, in lower case.
    """

    def __init__(self, text: str) -> None:
        text = "".join(_SMALL_ALIKE.get(sign, sign) for sign in text)
        self.wanted = text.encode("utf-8", "replace")
        """What to look for in what `lowered` gives."""
        beyond = sorted({sign for sign in text if not sign.isascii()})
        self._letters = [(_encoded(sign), _capitals(sign)) for sign in beyond]

    def lowered(self, content: bytes) -> bytes | None:
        """Lines with the letters that are wanted in lower case, as long as before.

        None where a letter is not there at all. What becomes longer or shorter in lower case is
        left alone.
        """
        for small, capitals in self._letters:
            if small not in content and not any(capital in content for capital in capitals):
                return None
        content = content.lower()
        for small, capitals in self._letters:
            for capital in capitals:
                content = content.replace(capital, small)
        return content


def _capitals(sign: str) -> list[bytes]:
    """What is a letter in lower case, and as long."""
    small = _encoded(sign)
    found = {sign.upper(), sign.title(), *_OTHER_CAPITALS.get(sign, ())} - {sign}
    return [capital for each in sorted(found) if len(capital := _encoded(each)) == len(small)]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
