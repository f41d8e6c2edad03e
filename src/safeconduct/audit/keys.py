"""The checkpoint key: one file in the data folder, made with the first checkpoint and never again."""

from django.conf import settings

from safeconduct.audit.notes import Signer
from safeconduct.kernel import keyfile
from safeconduct.kernel.errors import Unavailable

FILE = "checkpoint.key"


def first_signer() -> Signer:
    """Return the signer, making its key file if there is none yet."""
    return _signer(keyfile.secret_file(settings.DATA / "keys" / FILE))


def signer() -> Signer:
    """Return the signer of a record that was signed before.

    Raises ``Unavailable`` if the key file is gone: a fresh key would quietly break every proof held outside.
    """
    if not (settings.DATA / "keys" / FILE).exists():
        sentence = f"The key file keys/{FILE} is missing, though the record is signed with it. Put back your copy."
        raise Unavailable("audit.key-missing", sentence)
    return first_signer()


def _signer(seed: bytes) -> Signer:
    return Signer(seed, context=settings.SAFECONDUCT_CONTEXT)
