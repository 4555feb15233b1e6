"""Measurements: programs that time hoopscope as its users meet it, in a real pty."""
