"""How long a line may be slow. What it moves wins its patience back, so a slow line may go on and a silent one not."""

# A telephone on the slowest network sends twice this much. Less is somebody who only wants to hold the line.
SLOWEST_BYTES_A_SECOND = 512
GRACE_SECONDS = 30.0


class Patience:
    """Seconds that a line may still keep waiting. Bytes moved give some back, never more than there were at first."""

    def __init__(self, seconds: float) -> None:
        self._most = seconds
        self.left = seconds

    def waited(self, seconds: float, moved_bytes: int = 0) -> None:
        """Take off what was waited, and add what the bytes are worth."""
        self.left = min(self._most, self.left - seconds + moved_bytes / SLOWEST_BYTES_A_SECOND)
