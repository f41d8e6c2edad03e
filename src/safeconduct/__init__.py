"""Safeconduct: what an online platform runs to protect human rights defenders."""

__version__ = "0.1.0"
