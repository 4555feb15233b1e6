"""What following an open session is made of: gaps, matching, one reading of the stored part."""
