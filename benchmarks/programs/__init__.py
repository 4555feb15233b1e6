"""Programs to measure, and to measure against; each runs in a process of its own."""
