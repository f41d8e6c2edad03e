"""Matrix: a Synapse homeserver, reached through its admin API. Tried on a real one; see ``docs/guides/matrix.md``."""
