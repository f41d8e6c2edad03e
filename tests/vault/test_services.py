import secrets
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import DoesNotOpen, EnvelopeKind, Keyring, Place, Recipient, keypairs, queries, services
from safeconduct.vault.models import Envelope, Wrap
from tests.vault.makers import (
    SOMEWHERE,
    WORDS,
    can_open,
    make_code,
    make_envelope,
    make_holder,
    reporter_ring,
)

pytestmark = pytest.mark.django_db


def actions_on(subject: UUID) -> list[str]:
    from safeconduct.audit import queries as audit  # noqa: PLC0415 - its tables stand only once the database does

    return [entry.action for entry in audit.entries_for(subject)]


def test_everyone_it_was_wrapped_for_reads_and_nobody_else() -> None:
    ines, leyla, victor, code = make_holder(), make_holder(), make_holder(), make_code()
    sealed = (made := make_envelope(ines, leyla, reporter=code.reporter)).seal_text(WORDS, SOMEWHERE)

    for ring in (ines.ring, leyla.ring, reporter_ring(code.reporter)):
        assert services.open_one(made.id, ring=ring, why="test").read_text(sealed, SOMEWHERE) == WORDS
    with pytest.raises(NotAllowed):
        services.open_one(made.id, ring=victor.ring, why="test")


def test_missing_and_forbidden_get_one_answer() -> None:
    made, victor = make_envelope(make_holder()), make_holder()
    answers = []

    for envelope in (made.id, new_id()):
        with pytest.raises(NotAllowed) as answer:
            services.open_one(envelope, ring=victor.ring, why="test")
        answers.append((type(answer.value), answer.value.code, answer.value.sentence))

    assert answers[0] == answers[1]


def test_two_envelopes_never_share_a_key() -> None:
    ines = make_holder()
    one, other = make_envelope(ines), make_envelope(ines)

    with pytest.raises(DoesNotOpen):
        other.read(one.seal(b"mine", SOMEWHERE), SOMEWHERE)


def test_json_and_words_come_back() -> None:
    opened = make_envelope(make_holder())
    answers = {"happened": ["نشروا عنواني"], "when": 3, "links": [], "told": None}

    assert opened.read_json(opened.seal_json(answers, SOMEWHERE), SOMEWHERE) == answers
    assert opened.read_text(opened.seal_text("نشروا عنواني", SOMEWHERE), SOMEWHERE) == "نشروا عنواني"


def test_an_envelope_without_a_reader_is_refused() -> None:
    by = make_holder().actor

    with pytest.raises(Refused):
        services.wrap(new_id(), EnvelopeKind.WORK, to=[], reporter=None, by=by)
    with pytest.raises(Refused):
        services.wrap(new_id(), EnvelopeKind.CONVERSATION, to=[], reporter=make_code().reporter, by=by)
    with pytest.raises(Refused):
        services.wrap(new_id(), EnvelopeKind.WORK, to=[make_holder(blind=True).recipient], reporter=None, by=by)

    assert not Envelope.objects.exists()


def test_a_broken_public_key_leaves_nothing_half_made() -> None:
    ines = make_holder()

    with pytest.raises(ValueError, match="not a public key"):
        services.wrap(
            new_id(), EnvelopeKind.WORK, to=[ines.recipient, Recipient(new_id(), b"")], reporter=None, by=ines.actor
        )

    assert not Envelope.objects.exists()


def test_naming_a_recipient_twice_wraps_once() -> None:
    ines = make_holder()

    made = make_envelope(ines, ines)

    assert Wrap.objects.filter(envelope_id=made.id).count() == 1


def test_a_wrap_moved_to_another_envelope_does_not_open() -> None:
    ines, victor = make_holder(), make_holder()
    target, own = make_envelope(ines), make_envelope(victor)

    Wrap.objects.filter(envelope_id=own.id).update(envelope_id=target.id)

    assert not can_open(target.id, victor.ring)


def test_a_wrap_moved_to_another_recipient_does_not_open() -> None:
    ines, victor = make_holder(), make_holder()
    made, own = make_envelope(ines), make_envelope(victor)
    taken = Wrap.objects.get(envelope_id=own.id)

    Wrap.objects.filter(envelope_id=made.id).update(recipient=taken.recipient, mark=taken.mark)

    assert not can_open(made.id, victor.ring)
    assert not can_open(made.id, ines.ring)


def test_two_wraps_of_one_key_pair_under_two_ids_are_not_exchangeable() -> None:
    ines = make_holder()
    made, second = make_envelope(ines), new_id()
    ines.ring.add(second, ines.seed)
    mark = Wrap.objects.get(envelope_id=make_envelope_for(second, ines.seed)).mark

    Wrap.objects.filter(envelope_id=made.id).update(recipient=second, mark=mark)

    assert not can_open(made.id, ines.ring)


def make_envelope_for(recipient_id: UUID, seed: bytes) -> UUID:
    recipient, by = Recipient(recipient_id, keypairs.public_key(seed)), make_holder().actor
    return services.wrap(new_id(), EnvelopeKind.WORK, to=[recipient], reporter=None, by=by).id


@pytest.mark.parametrize(("kind", "other"), [(EnvelopeKind.WORK, "conversation"), (EnvelopeKind.CONVERSATION, "work")])
def test_an_envelope_passed_off_as_the_other_kind_does_not_open(kind: EnvelopeKind, other: str) -> None:
    ines = make_holder()
    made = make_envelope(ines, kind=kind)

    Envelope.objects.filter(pk=made.id).update(kind=other)

    assert not can_open(made.id, ines.ring)


def test_a_demonstration_key_opens_nothing_in_a_programme(settings: object) -> None:
    settings.SAFECONDUCT_CONTEXT = "demonstration"
    ines, code = make_holder(), make_code()
    made = make_envelope(ines, reporter=code.reporter)
    rings = [ines.ring, reporter_ring(code.reporter)]

    settings.SAFECONDUCT_CONTEXT = "programme"
    rings += [Keyring(ines.actor, {ines.recipient.id: ines.seed}), reporter_ring(code.reporter)]

    for ring in rings:
        assert not can_open(made.id, ring)
        assert made.id not in queries.openable(ring)


def test_what_a_programme_sealed_does_not_open_under_the_same_key_in_a_demonstration(settings: object) -> None:
    settings.SAFECONDUCT_CONTEXT = "programme"
    opened = make_envelope(make_holder())
    sealed = opened.seal(b"real", SOMEWHERE)

    settings.SAFECONDUCT_CONTEXT = "demonstration"

    with pytest.raises(DoesNotOpen):
        opened.read(sealed, SOMEWHERE)


def test_a_damaged_wrap_is_passed_over_when_another_of_the_ring_serves() -> None:
    ines, team = make_holder(), make_holder()
    made = make_envelope(ines, team)
    ines.ring.add(team.recipient.id, team.seed)

    Wrap.objects.filter(envelope_id=made.id, recipient=team.recipient.id).update(sealed=b"\x01damaged")

    assert can_open(made.id, ines.ring)


def test_opening_fifty_asks_the_database_no_more_than_opening_one() -> None:
    ines = make_holder()
    made = [make_envelope(ines).id for _ in range(50)]

    with CaptureQueriesContext(
        connection,
    ) as one:
        services.open(made[:1], ring=ines.ring, why="queue")
    with CaptureQueriesContext(connection) as fifty:
        opened = services.open(made, ring=ines.ring, why="queue")

    assert set(opened) == set(made)
    assert len(fifty) == len(one)


def test_a_call_opens_only_what_the_ring_can() -> None:
    ines = make_holder()
    mine, others = make_envelope(ines), make_envelope(make_holder())

    assert set(services.open([mine.id, others.id, new_id()], ring=ines.ring, why="queue")) == {mine.id}


def test_each_verb_leaves_one_audit_entry() -> None:
    ines, idris = make_holder(), make_holder()
    made = make_envelope(ines)
    services.open_one(made.id, ring=ines.ring, why="case page")
    services.rewrap(made.id, ring=ines.ring, add=[idris.recipient], drop=[], by=ines.actor)
    services.destroy(made.id, by=ines.actor)

    assert actions_on(made.id) == ["vault.wrapped", "vault.opened", "vault.rewrapped", "vault.destroyed"]


def test_opening_many_leaves_one_entry_in_the_openers_name() -> None:
    ines = make_holder()
    made = [make_envelope(ines).id for _ in range(3)]

    services.open(made, ring=ines.ring, why="queue")

    assert actions_on(ines.actor.id or new_id()) == ["vault.opened"]


def test_a_key_ring_that_opens_nothing_leaves_no_entry() -> None:
    victor = make_holder()

    assert services.open([make_envelope(make_holder()).id], ring=victor.ring, why="queue") == {}
    assert actions_on(victor.actor.id or new_id()) == []


def test_a_destroyed_envelope_opens_for_nobody() -> None:
    ines, code = make_holder(), make_code()
    made = make_envelope(ines, reporter=code.reporter)

    services.destroy(made.id, by=ines.actor)

    assert not can_open(made.id, ines.ring)
    assert not can_open(made.id, reporter_ring(code.reporter))
    assert not Wrap.objects.filter(envelope_id=made.id).exists()


def test_destroying_what_is_not_there_is_answered_like_what_is_forbidden() -> None:
    with pytest.raises(NotAllowed):
        services.destroy(new_id(), by=make_holder().actor)


def test_a_partner_is_wrapped_under_an_id_that_only_its_seed_gives() -> None:
    ines, partner, organisation = make_holder(), make_holder(blind=True), new_id()
    made = make_envelope(ines, partner)
    ring = Keyring(partner.actor, {})
    ring.add(organisation, partner.seed, blind=True)

    assert can_open(made.id, ring)
    assert organisation not in queries.recipients_of(made.id)
    assert ring.recipient_ids == {organisation, partner.recipient.id}


def test_a_blind_wrap_cannot_be_matched_with_a_known_public_key() -> None:
    seed = secrets.token_bytes(32)
    one = Recipient(keypairs.blind_id(seed), keypairs.public_key(seed))
    other = Recipient(keypairs.blind_id(seed), keypairs.public_key(bytes(32)))
    marks = []

    for recipient in (one, other):
        made = services.wrap(
            new_id(), EnvelopeKind.WORK, to=[make_holder().recipient, recipient], reporter=None, by=make_holder().actor
        )
        marks.append(Wrap.objects.get(envelope_id=made.id, recipient=recipient.id).mark)

    assert marks[0] == marks[1]


def test_a_value_moved_to_another_row_of_the_same_envelope_does_not_open() -> None:
    opened = make_envelope(make_holder())
    sealed = opened.seal(b"one", SOMEWHERE)

    with pytest.raises(DoesNotOpen):
        opened.read(sealed, Place("report", new_id(), "text"))
