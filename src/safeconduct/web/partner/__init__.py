"""Pages for the members of a partner organisation: their own cases, and nothing else."""
