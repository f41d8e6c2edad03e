"""The record of everything done: append-only, ordered in a Merkle tree, signed, and provable to those outside.

``services`` writes, ``queries`` reads and proves. ``tree``, ``leaves``, ``notes`` and ``proofs`` are plain Python,
so that a partner can check a proof with nothing of ours running.
"""
