"""What a line looks like that tells of an error."""

ERRORS = (
    r"(?<!\b0 )(?<!\bno )\b(?:errors?|fatal|panic|exception|traceback|segfault"
    r"|(?:access |permission )?denied|refused|failed|failure|aborted)\b(?!\s*[=:]\s*0\b)"
    r"|\bORA-\d{4,5}\b|\b\w+(?-i:Error|Exception)\b"
    r"|\bcommand not found\b|\bno such (?:file|table|host)\b"
)
"""An expression to be used without regard to case."""
