"""Which custodians' keys count, and the newest signed revision of each entry: kept in a file, outside the database.

Whoever can write to the database alone can therefore neither name a custodian of their own nor bring back an old entry.
"""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from safeconduct.kernel.errors import Unavailable
from safeconduct.kernel.keyfile import replace_file


@dataclass(frozen=True)
class Pins:
    """The content of ``custodians.json``. ``retired`` keys sign nothing new; what they signed still counts."""

    custodians: dict[UUID, bytes] = field(default_factory=dict)
    retired: tuple[tuple[UUID, bytes], ...] = ()
    revisions: dict[UUID, int] = field(default_factory=dict)

    def keys_of(self, custodian: UUID) -> list[bytes]:
        """Return every public key whose signature counts as this custodian's."""
        current = [self.custodians[custodian]] if custodian in self.custodians else []
        return current + [key for one, key in self.retired if one == custodian]

    def oldest_allowed(self, subject: UUID) -> int:
        """Return the revision below which an entry is a thing of the past."""
        return self.revisions.get(subject, 0)


def pins_file() -> Path:
    """Return where the pins are kept."""
    return Path(settings.DATA) / "keys" / "custodians.json"


def kept_pins() -> Pins:
    """Return the pins; none at all before a programme is founded."""
    try:
        return _read(json.loads(pins_file().read_text("utf-8")))
    except FileNotFoundError:
        return Pins()
    except (OSError, ValueError, KeyError, TypeError) as fault:
        sentence = f"The file {pins_file()} cannot be read. Put back the copy you keep apart from the backups."
        raise Unavailable("pins.unreadable", sentence) from fault


def keep_pins(pins: Pins) -> None:
    """Write the pins in the place of the former ones."""
    content = {
        "context": settings.SAFECONDUCT_CONTEXT,
        "custodians": {str(one): key.hex() for one, key in pins.custodians.items()},
        "retired": [[str(one), key.hex()] for one, key in pins.retired],
        "revisions": {str(one): revision for one, revision in pins.revisions.items()},
    }
    replace_file(pins_file(), json.dumps(content, indent=1, sort_keys=True).encode())


def pin(custodian: UUID, public_key: bytes) -> None:
    """Let this key sign from now on; the custodian's former key is retired."""
    pins = kept_pins()
    former = pins.custodians.get(custodian)
    retired = pins.retired if former in {None, public_key} else (*pins.retired, (custodian, former or b""))
    keep_pins(replace(pins, custodians={**pins.custodians, custodian: public_key}, retired=retired))


def bar(subject: UUID, revision: int) -> None:
    """Refuse older entries about somebody who is out, and let them sign nothing new: both, or neither."""
    pins = kept_pins()
    custodians = {one: key for one, key in pins.custodians.items() if one != subject}
    former = [(one, key) for one, key in pins.custodians.items() if one == subject]
    revisions = {**pins.revisions, subject: max(revision, pins.oldest_allowed(subject))}
    keep_pins(Pins(custodians, (*pins.retired, *former), revisions))


def unpin(custodian: UUID) -> None:
    """Let nothing count that this custodian ever signed."""
    pins = kept_pins()
    custodians = {one: key for one, key in pins.custodians.items() if one != custodian}
    retired = tuple(pair for pair in pins.retired if pair[0] != custodian)
    keep_pins(replace(pins, custodians=custodians, retired=retired))


def raise_revision(subject: UUID, revision: int) -> None:
    """Refuse older entries about ``subject`` from now on."""
    pins = kept_pins()
    if revision > pins.oldest_allowed(subject):
        keep_pins(replace(pins, revisions={**pins.revisions, subject: revision}))


def _read(content: dict[str, Any]) -> Pins:
    if content["context"] != settings.SAFECONDUCT_CONTEXT:
        raise ValueError(content["context"])
    return Pins(
        custodians={UUID(one): bytes.fromhex(key) for one, key in content["custodians"].items()},
        retired=tuple((UUID(one), bytes.fromhex(key)) for one, key in content["retired"]),
        revisions={UUID(one): int(revision) for one, revision in content["revisions"].items()},
    )
