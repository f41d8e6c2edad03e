"""The ways to platforms: one port, the signed HTTP contract, and one self-contained folder per platform."""
