"""One homeserver for all tests here, and fresh people for each."""

import os
from collections.abc import Iterator
from itertools import count

import pytest

from tests.synapse.homeserver import CannotInstallError, Homeserver, SignedIn, installed, running
from tests.synapse.matrix import PASSWORD, Matrix, connected

_numbers = count(1)


@pytest.fixture(scope="session")
def homeserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Homeserver]:
    try:
        python = installed()
    except CannotInstallError as fault:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"Synapse could not be installed: {fault.__cause__}")
    with running(python, tmp_path_factory.mktemp("synapse")) as server:
        yield server


@pytest.fixture(scope="session")
def administrator(homeserver: Homeserver) -> SignedIn:
    return homeserver.register("trust-and-safety", PASSWORD, admin=True)


@pytest.fixture
def matrix(homeserver: Homeserver, administrator: SignedIn) -> Matrix:
    user = f"amina-{next(_numbers)}"
    amina = homeserver.register(user, PASSWORD)
    stranger = homeserver.sign_in(user, PASSWORD, "A computer never seen before")
    return Matrix(homeserver, connected(homeserver, administrator.token), administrator, amina, stranger)


@pytest.fixture
def troll(homeserver: Homeserver) -> SignedIn:
    """Somebody who writes threats."""
    return homeserver.register(f"troll-{next(_numbers)}", PASSWORD)
