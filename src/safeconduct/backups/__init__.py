"""Backups: a programme copied into one sealed file, and brought back whole into an empty place.

Owns the file's form, the key that opens it (on three paper cards and nowhere else) and the list of files made.
Must never write a readable byte to a disk, touch a living programme, or bring back what was erased.
Flows in: every table as one moment saw it, sealed files, key files that read or prove; back in: a file, two cards,
the erasure ledger. Flows out: one sealed file; a programme that nobody is signed in to.
The operator's commands may call it, and nothing else. It reads tables by the registry of apps and knows none of them;
what a room must lose again after a restore it learns from ``project`` (``replaying.on``).
"""
