"""Acting on an account at its owner's wish without becoming the weapon: secure now, hide, undo, and the proof each needs.

Recommendations: 7
"""
