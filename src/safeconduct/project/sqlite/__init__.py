"""SQLite as Django opens it, with one change: the writers of this process queue for their turn."""
