"""Trusted organisations that act for defenders: who they are, on what terms, and what their programs may do.

Recommendations: 3
"""
