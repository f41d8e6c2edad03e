"""Measures what Safeconduct promises, each against a peer or a calm moment in the same run."""
