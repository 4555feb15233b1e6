"""What can be wrong with settings."""

from __future__ import annotations


class SettingsError(ValueError):
    """Settings that cannot be used; the text says where (file, line, key) and what is wrong.

    No value that could be a secret is ever part of the text.
    """
