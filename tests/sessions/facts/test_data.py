from __future__ import annotations

from tests.sessions.facts.sessions import panel, said_in


def test_sizes_masking_and_detection() -> None:
    metrics = {
        "event_size": 15469,
        "truncated": True,
        "data_masking": {
            "info_types": {"EMAIL_ADDRESS": 2, "\x1bSSN": 1},
            "total_redact_count": 3,
            "transformed_bytes": 60,
            "err_count": 1,
        },
        "data_analyzer": {"PHONE": 1204},
        "canvas_width": 1920,
        "canvas_height": 1080,
        "bitmap_count": 7,
        "rdp_analysis_status": "done",
    }
    assert said_in(panel("ok-simple", "data", metrics=metrics)) == [
        "Data 15.5 kB recorded, cut short, 3 values masked",
        r"masked EMAIL_ADDRESS 2, \x1bSSN 1",
        "changed 60 bytes",
        "errors 1 error",
        "detected PHONE 1,204",
        "screen 1,920 × 1,080 pixels",
        "bitmaps 7 bitmaps",
        "analysis done",
    ]


def test_what_was_never_measured_is_told_from_what_is_live() -> None:
    assert said_in(panel("live", "data")) == ["Data none yet: measured when it ends"]
    assert said_in(panel("review-rejected-reason", "data")) == ["Data none: it never ran"]
    assert said_in(panel("ai-high-block", "data")) == ["Data none"]
