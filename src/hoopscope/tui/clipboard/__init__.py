"""Copying to the clipboard of the terminal that the operator sits at, also over ssh (OSC 52)."""
