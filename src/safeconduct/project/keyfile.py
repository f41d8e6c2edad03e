"""The key files that belong to the service as a whole. How such files are made and read is in ``kernel.keyfile``."""

from pathlib import Path

from safeconduct.kernel.keyfile import secret_file


def django_secret(data: Path) -> str:
    """Return what Django signs its short-lived form tokens with. It protects no content."""
    return secret_file(data / "keys" / "forms.key").hex()
