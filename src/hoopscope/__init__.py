"""hoopscope: a terminal browser for the sessions that a hoop.dev gateway records."""

__version__ = "0.1.0"
