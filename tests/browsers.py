"""A real browser for whoever needs one. Where none is installed its tests are skipped; in CI that is a failure."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser and end it with its test: while it runs, Django refuses this thread the database."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        assert not os.environ.get("CI"), "CI must have a browser: no page may go unseen there."
        pytest.skip("No Chromium is installed, so nobody can look at the pages here.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS])
        yield opened
        opened.close()
