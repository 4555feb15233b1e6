"""What there is to know about one session, as panels of harmless text; no Textual, no httpx."""
