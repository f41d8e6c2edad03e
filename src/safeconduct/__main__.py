"""Lets ``python -m safeconduct`` be the ``safeconduct`` command."""

from safeconduct.project.command import main

main()
