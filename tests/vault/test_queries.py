import secrets

import pytest

from safeconduct.vault import Keyring, queries, services
from safeconduct.vault.models import Envelope
from tests.vault.makers import can_open, make_code, make_envelope, make_holder, reporter_ring

pytestmark = pytest.mark.django_db


def test_openable_names_what_the_ring_opens_and_nothing_else() -> None:
    ines, victor, code = make_holder(), make_holder(), make_code()
    made = make_envelope(ines, reporter=code.reporter)
    make_envelope(victor)

    assert set(queries.openable(ines.ring)) == {made.id}
    assert set(queries.openable(reporter_ring(code.reporter))) == {made.id}


def test_openable_counts_an_envelope_once_however_many_keys_fit() -> None:
    ines, team = make_holder(), make_holder()
    made = make_envelope(ines, team)
    ines.ring.add(team.recipient.id, team.seed)

    assert list(queries.openable(ines.ring)) == [made.id]
    assert queries.openable(ines.ring).count() == 1


def test_openable_never_counts_what_a_new_key_under_the_old_id_cannot_open() -> None:
    ines = make_holder()
    made = make_envelope(ines)

    renewed = Keyring(ines.actor, {ines.recipient.id: secrets.token_bytes(32)})

    assert queries.openable(renewed).count() == 0
    assert not can_open(made.id, renewed)


def test_openable_is_empty_for_an_empty_ring() -> None:
    make_envelope(make_holder())

    assert list(queries.openable(Keyring(make_holder().actor, {}))) == []


def test_openable_follows_a_rewrap_and_an_end() -> None:
    team, ines = make_holder(), make_holder()
    made = make_envelope(team)
    services.rewrap(made.id, ring=team.ring, add=[ines.recipient], drop=[team.recipient.id], by=ines.actor)
    after_taking = [set(queries.openable(each.ring)) for each in (team, ines)]

    services.destroy(made.id, by=ines.actor)

    assert after_taking == [set(), {made.id}]
    assert not queries.openable(ines.ring).exists()


def test_openable_serves_inside_a_filter() -> None:
    ines = make_holder()
    made, _ = make_envelope(ines), make_envelope(make_holder())

    assert [each.id for each in Envelope.objects.filter(id__in=queries.openable(ines.ring))] == [made.id]


def test_envelopes_still_wrapped_for_a_retired_key_are_found() -> None:
    team, ines = make_holder(), make_holder()
    made, both = make_envelope(team), make_envelope(team, ines)
    make_envelope(ines)

    assert set(queries.wrapped_to({team.recipient.id})) == {made.id, both.id}
    assert queries.wrapped_to({team.recipient.id, ines.recipient.id}).count() == 3
    assert not queries.wrapped_to(()).exists()


def test_recipients_are_listed_by_id() -> None:
    ines, leyla, code = make_holder(), make_holder(), make_code()

    made = make_envelope(ines, leyla, reporter=code.reporter)

    assert queries.recipients_of(made.id) == {ines.recipient.id, leyla.recipient.id, code.reporter.recipient_id}
