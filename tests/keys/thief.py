"""Somebody who carried off the whole database and data folder, and tries each key on each lock."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from safeconduct.accounts.keys import share_binding
from safeconduct.accounts.models import Member
from safeconduct.domains.early_warning.models import IndexKey
from safeconduct.domains.early_warning.services.waking import PURPOSE
from safeconduct.kernel.errors import SafeconductError
from safeconduct.vault import boxes, keypairs, streams
from safeconduct.vault.keypairs import KeyPair
from safeconduct.vault.labels import KEY_BYTES, bound, derived
from safeconduct.vault.passphrases import derive, from_json
from safeconduct.vault.values import Place, SealedFile

OURS = ("audit", "vault", "accounts", "partners", "safety", "cases", "early_warning", "remedy", "demands")
# Bytes that are no ciphertext: public halves, salts, hashes, signatures. Everything else must be a lock below.
NO_LOCK = {
    "audit_node.hash",
    "vault_outboxkey.public_key",
    "cases_report.clock_key",
    "accounts_member.salt",
    "accounts_member.verifier",
    "accounts_keypair.public_key",
    "accounts_signingkey.public_key",
    "accounts_rostersignature.signature",
    "accounts_invitation.tag",
    "accounts_session.tag",
    "accounts_passkey.mark",
    "accounts_providerlink.mark",
    "accounts_spentchallenge.mark",
    "early_warning_indexentry.tag",
    "early_warning_setaside.tag",
    "partners_token.tag",
    "partners_filing.tag",
    "partners_filing.digest",
}
# Of these an appeal opens one, and what is behind it only its reviewers.
OUTER_LOCKS = {"remedy_reviewlock.sealed", "remedy_statement.sealed_lock"}
Attempt = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Lock:
    """Something sealed, where it lies, and the ways in which a key could be tried on it."""

    place: str
    attempts: tuple[Attempt, ...]
    behind: "Callable[[bytes], Lock] | None" = None  # what stands behind it is a lock again

    def opened(self, key: bytes) -> bytes | None:
        for attempt in self.attempts:
            try:
                return attempt(key)
            except (SafeconductError, ValueError):
                continue
        return None


@dataclass
class Thief:
    """What lies open so far, by place. ``learn`` gives the thief a secret and lets them go as far as it leads."""

    folder: Path
    opened: dict[str, bytes] = field(default_factory=dict)
    known: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.locks = [*_fields(), *_files(self.folder)]

    def learn(self, *secrets: bytes) -> "Thief":
        waiting = [secret for secret in secrets if secret not in self.known]
        while waiting:
            key = waiting.pop()
            self.known.add(key)
            for lock in tuple(self.locks):
                if lock.place not in self.opened and (plain := lock.opened(key)) is not None:
                    self.opened[lock.place] = plain
                    waiting += [found for found in keys_in(plain) if found not in self.known]
                    if lock.behind is not None:
                        self.locks.append(lock.behind(plain))
                        waiting += self.known
        return self

    def learn_passphrase(self, words: str) -> "Thief":
        """Try the words as everybody's."""
        for member in Member.objects.exclude(salt=b""):
            self.learn(*derive(words, bytes(member.salt), from_json(member.work)))
        return self

    def learn_everything_lying_about(self) -> "Thief":
        """Try whatever has the length of a key in the database, and the content of each file that is no ciphertext."""
        return self.learn(*_in_the_database(), *_in_the_folder(self.folder))

    def read(self, words: Iterable[str]) -> set[str]:
        """Return which of these words lie open."""
        everything = b"\0".join(self.opened.values())
        return {word for word in words if word.encode() in everything}


def sealed_columns() -> Iterator[tuple[type[models.Model], str]]:
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            for column in model._meta.concrete_fields:
                if isinstance(column, models.BinaryField) and f"{model._meta.db_table}.{column.name}" not in NO_LOCK:
                    yield model, column.name


def _fields() -> Iterator[Lock]:
    for model, column in sealed_columns():
        for row in model._default_manager.all():
            if sealed := bytes(getattr(row, column)):
                table = model._meta.db_table
                behind = partial(_inner_lock, row) if f"{table}.{column}" in OUTER_LOCKS else None
                yield Lock(f"{table}.{column} {row.pk}", tuple(_attempts(table, column, row, sealed)), behind)


def _inner_lock(row: Any, sealed: bytes) -> Lock:
    """Return the inner lock of a review file, once the outer was opened: it opens for reviewers alone."""
    place = Place("remedy_reviewfile", row.file_id, "inner")
    return Lock(f"inner lock behind {row.pk}", (lambda key: boxes.opened_under(key, sealed, place),))


def _attempts(table: str, column: str, row: Any, sealed: bytes) -> Iterator[Attempt]:
    for info in _infos(table, row):
        yield lambda key, info=info: _pair(key).open(sealed, info)  # type: ignore[misc] # bound for this turn
    if column == "inner":
        inner = Place("remedy_reviewfile", row.file_id, "inner")
        yield lambda key: boxes.opened_under(key, sealed, inner)
    for revision in {0, getattr(row, "revision", 0), getattr(row, "generation", 0)}:
        place = Place(table, row.pk, column, revision)
        for turned in _turns(table, row):
            yield lambda key, place=place, turned=turned: boxes.opened_under(turned(key), sealed, place)  # type: ignore[misc] # the same


def _infos(table: str, row: Any) -> Iterator[bytes]:
    """Yield what a wrapped key of this table could be bound to."""
    if table == "vault_wrap":
        yield bound("wrap", row.envelope_id, row.envelope.kind, row.recipient)
    if table == "accounts_teamkeyshare":
        yield share_binding(row.key_id, row.wrapped_to)
    if table == "audit_sealedfacts":
        yield bound("sealed facts", row.entry_id)
    if hasattr(row, "outbox_key_id"):
        yield bound("outbox", row.outbox_key_id)


def _turns(table: str, row: Any) -> Iterator[Callable[[bytes], bytes]]:
    """Yield the ways in which a secret becomes the key of a field of this table."""
    yield lambda key: key
    if table == "accounts_session":
        yield lambda key: derived(key, "accounts: session key", row.kind, row.holder_id)
    if table == "early_warning_indexentry":
        envelope = IndexKey.objects.get(generation=row.generation).envelope
        yield lambda key: derived(derived(key, PURPOSE, envelope), "index", "entries", row.generation)
    if table == "partners_token":
        yield lambda key: derived(key, "partners: token seed")
    if table == "cases_draft":
        yield lambda key: derived(key, "draft key")


def _files(folder: Path) -> Iterator[Lock]:
    for path in folder.glob("files/??/*"):
        yield Lock(f"file {path.name}", (lambda key, path=path: _file(path, key),))  # type: ignore[misc] # bound for this turn


def _file(path: Path, key: bytes) -> bytes:
    sealed = SealedFile(UUID(path.name), key, 0, "", "")
    with path.open("rb") as file:
        return b"".join(streams._chunks(file, sealed))


_pairs: dict[bytes, KeyPair] = {}


def _pair(seed: bytes) -> KeyPair:
    if seed not in _pairs:
        _pairs[seed] = keypairs.KeyPair.from_seed(seed)
    return _pairs[seed]


def keys_in(plain: bytes) -> Iterator[bytes]:
    """Yield whatever in an opened secret could be a key of something else."""
    if len(plain) == KEY_BYTES:
        yield plain
    if len(plain) == KEY_BYTES + 16:
        yield plain[16:]
    try:
        document = json.loads(plain)
    except ValueError:
        return
    yield from (found for text in _texts(document) if (found := _decoded(text)) is not None)


def _texts(document: Any) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict | list):
        for each in document.values() if isinstance(document, dict) else document:
            yield from _texts(each)


def _decoded(text: str) -> bytes | None:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == KEY_BYTES else None


def _in_the_database() -> Iterator[bytes]:
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            columns = [column.name for column in model._meta.concrete_fields if isinstance(column, models.BinaryField)]
            for row in model._default_manager.values_list(*columns) if columns else ():
                yield from (bytes(value) for value in row if len(bytes(value)) == KEY_BYTES)


def _in_the_folder(folder: Path) -> Iterator[bytes]:
    for path in folder.rglob("keys/*"):
        content = path.read_bytes()
        yield from (content[at : at + KEY_BYTES] for at in range(len(content) - KEY_BYTES + 1))
