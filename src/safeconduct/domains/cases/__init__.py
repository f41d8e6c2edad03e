"""What comes in, the work on it, and what is answered: reports, cases, conversations, decisions, clocks and pages.

Recommendations: 6, 8
"""
