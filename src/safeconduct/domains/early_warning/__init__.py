"""Finding again what was named before, without keeping a list of anybody. Recommendations: 8.

It owns the index: blind tags of accounts and of partners' references, the generations of its key, and whether it is
awake. It must never keep a name, act on anybody, or tell who is protected to whoever holds the database.
In flow values that are being written into a case, already in the open there; out flow the ids of reports that named
the same value, for the asker to be shown those they can open. Cases asks it; it knows no case.
Its key is wrapped to the early-warning team, and lives in a process's memory for half a day after one of them came in.
"""
