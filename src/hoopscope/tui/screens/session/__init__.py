"""Everything inside one session, in parts with a key each."""
