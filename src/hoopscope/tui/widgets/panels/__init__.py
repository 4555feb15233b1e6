"""How panels of facts become rows of a terminal: wrapped, and placed in one column or two."""
