"""A real browser for whoever needs one. Where none is installed its tests are skipped; in CI that is a failure."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

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
# What is waited for comes at once, or late on a machine that has much else to do: nothing here says how fast.
PATIENCE_MS = 120_000
expect.set_options(timeout=PATIENCE_MS)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser and end it with its test: while it runs, Django refuses this thread the database."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        assert not os.environ.get("CI"), "CI must have a browser: no page may go unseen there."
        pytest.skip("No Chromium is installed, so nobody can look at the pages here.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS])
        opened.new_context, opened.new_page = patient(opened.new_context), patient(opened.new_page)
        yield opened
        opened.close()


def patient(make: Callable[..., Any]) -> Callable[..., Any]:
    """Let whatever a browser opens wait as long as everything here does."""

    @wraps(make)
    def made(**options: Any) -> Any:
        opened = make(**options)
        opened.set_default_timeout(PATIENCE_MS)
        return opened

    return made
