"""The record of everything done: append-only, ordered in a Merkle tree, signed, and provable to those outside.

``services`` writes, ``queries`` reads and proves. ``confided`` keeps what an entry is bound to beyond its word, under
seals that this room cannot open. ``tree``, ``leaves``, ``notes``, ``bundles`` and ``proofs`` are plain Python, so that
a partner can check a proof with nothing of ours running.
"""
