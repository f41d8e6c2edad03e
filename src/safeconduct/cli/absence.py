"""What is missing before anything can be read: said without making it, since loading the settings makes a key file."""

import os
import sys
from pathlib import Path

from safeconduct.cli.programme import SETTINGS
from safeconduct.kernel.errors import Refused

FORMS_KEY, DATABASE = Path("keys/forms.key"), Path("safeconduct.sqlite3")


def check_there() -> None:
    """Refuse to look at a programme that is not there, before a look could make a part of it."""
    # Once settings are loaded, what they make is made.
    if SETTINGS not in sys.modules:
        check_folder(data_folder())


def check_folder(folder: Path) -> None:
    """Refuse a folder without the files that a look into it would otherwise make."""
    wanted = (FORMS_KEY,) if os.environ.get("SAFECONDUCT_DATABASE") else (FORMS_KEY, DATABASE)
    missing = [str(each) for each in wanted if not (folder / each).exists()]
    if len(missing) == len(wanted):
        sentence = (
            f"There is no programme in {folder}. Nothing was made. "
            f"Name another folder with --data, or start one there: safeconduct init --data {folder}"
        )
        raise Refused("programme.absent", sentence)
    if missing:
        sentence = f"Missing in {folder}: {', '.join(missing)}. Put back the copy you keep apart."
        raise Refused("programme.incomplete", sentence)


def data_folder() -> Path:
    """Return the data folder as an absolute path, without loading the settings."""
    return Path(os.environ.get("SAFECONDUCT_DATA", "data")).expanduser().resolve()
