"""The moment at which the demo's clock stands still in tests: a Tuesday afternoon."""

from __future__ import annotations

from datetime import UTC, datetime

NOW = datetime(2026, 11, 24, 14, 30, 12, 345678, tzinfo=UTC)
