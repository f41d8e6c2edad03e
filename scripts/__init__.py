"""What ``./run test`` and ``./run check`` do."""
