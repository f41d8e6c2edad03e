"""Which worker is next: the one that rested shortest, whose database connection and memory are still warm."""

import threading
from collections import deque
from queue import SimpleQueue
from typing import Any


class WarmestFirst:
    """Hands requests to workers, in the order in which they came. It stands in for the queue of cheroot's pool."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[Any] = deque()
        self._resting: list[SimpleQueue[Any]] = []
        self._own = threading.local()

    def put(self, request: Any, block: bool = True, timeout: float | None = None) -> None:  # noqa: ANN401, ARG002, FBT001, FBT002 - a queue's signature
        """Wake the worker that rested shortest; without one, let the request wait."""
        with self._lock:
            if self._resting:
                self._resting.pop().put(request)
            else:
                self._waiting.append(request)

    def get(self) -> Any:  # noqa: ANN401 - whatever was put
        """Return the next request, waiting for it on the calling worker's own bell."""
        bell = self._bell()
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._resting.append(bell)
        return bell.get()

    def qsize(self) -> int:
        """Return how many requests wait."""
        return len(self._waiting)

    def _bell(self) -> "SimpleQueue[Any]":
        if not hasattr(self._own, "bell"):
            self._own.bell = SimpleQueue()
        bell: SimpleQueue[Any] = self._own.bell
        return bell
