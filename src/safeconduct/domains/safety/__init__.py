"""Acting on an account at its owner's wish, without becoming the weapon: bundles, proofs, undo, and what came of it.

Recommendations: 7
"""
