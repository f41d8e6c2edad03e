"""Acting on an account at its owner's wish, and against what attacks, without becoming the weapon.

Bundles, proofs, restraints, undo, and what came of each.

Recommendations: 7
"""
