"""What the running demonstration knows of itself: where its simulated platform answers."""

_platform_address = ""


def platform_address() -> str:
    """Return the simulated platform's address, empty while it is not running."""
    return _platform_address


def set_platform_address(address: str) -> None:
    """Remember where the simulated platform answers in this process."""
    global _platform_address  # noqa: PLW0603 - one demonstration runs in a process
    _platform_address = address
