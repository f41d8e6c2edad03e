"""Passkeys at the door: a second factor like the codes, with the same single refusal, and nothing to learn from it."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.accounts import passkeys, queries, services
from safeconduct.accounts.models import Member, Passkey, SpentChallenge
from safeconduct.accounts.passkeys import ENROL, SIGN_IN, PasskeyAnswer, Site, new_challenge
from safeconduct.accounts.values import Desk
from safeconduct.audit import queries as audit
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from tests.accounts.test_sign_in import NOON, code, no_slow_hash
from tests.authenticator import HERE, Authenticator
from tests.programme import CHEAP, Programme

BROWSER = "what the form's cookie holds"


def enrol(programme: Programme, name: str, key: Authenticator, called: str = "Blue key") -> None:
    made = key.makes(new_challenge(ENROL, BROWSER), BROWSER)
    services.add_passkey(called, made, passphrase=words(programme, name), by=programme.desk(name))


@pytest.fixture
def key(programme: Programme) -> Authenticator:
    """Return an authenticator that Ines has enrolled."""
    key = Authenticator()
    enrol(programme, "ines", key)
    return key


def words(programme: Programme, name: str = "ines") -> str:
    return programme.founded.person(name).passphrase


def answer(key: Authenticator) -> PasskeyAnswer:
    return key.answers(new_challenge(SIGN_IN, BROWSER), BROWSER)


def refused(programme: Programme, given: PasskeyAnswer, name: str = "ines", typed: str = "") -> tuple[str, str]:
    with pytest.raises(NotAllowed) as told:
        services.sign_in(name, typed or words(programme), given)
    return told.value.code, told.value.sentence


def test_a_passkey_with_the_six_words_opens_a_desk(programme: Programme, key: Authenticator) -> None:
    session = services.sign_in("ines", words(programme), answer(key))

    desk = services.session_from(session.cookie)
    assert isinstance(desk, Desk)
    assert desk.member_id == programme.member_id("ines")


def test_the_apps_codes_go_on_working_beside_it(programme: Programme, key: Authenticator) -> None:
    assert services.sign_in("ines", words(programme), code(programme.founded.person("ines")))


def test_every_wrong_part_gets_the_refusal_of_a_wrong_code(programme: Programme, key: Authenticator) -> None:
    with pytest.raises(NotAllowed) as wrong_code:
        services.sign_in("ines", words(programme), "x")

    refusals = {
        refused(programme, answer(key), name="nobody"),
        refused(programme, answer(key), name="idris", typed=words(programme, "idris")),
        refused(programme, answer(key), typed="wrong words"),
        refused(programme, answer(Authenticator())),
        refused(programme, PasskeyAnswer("nonsense", HERE, BROWSER)),
        (wrong_code.value.code, wrong_code.value.sentence),
    }

    assert len(refusals) == 1


def test_a_wrong_passkey_or_name_spends_no_slow_hash(programme: Programme, key: Authenticator) -> None:
    with no_slow_hash():
        refused(programme, answer(Authenticator()))
        refused(programme, answer(key), name="nobody")
        with pytest.raises(Unavailable):
            services.sign_in("ines", words(programme), answer(key))


def test_a_flood_of_wrong_passkeys_locks_nobody_out_and_leaves_no_trace(
    programme: Programme, key: Authenticator
) -> None:
    for _ in range(50):
        refused(programme, answer(Authenticator(credential_id=key.credential_id)))

    assert services.sign_in("ines", words(programme), answer(key))
    assert SpentChallenge.objects.count() == 2  # one for enrolling, one for coming in
    assert "member.passphrase-refused" not in [one.action for one in audit.entries_for(programme.member_id("ines"))]


def test_a_challenge_is_answered_once_even_with_wrong_words(programme: Programme, key: Authenticator) -> None:
    challenge = new_challenge(SIGN_IN, BROWSER)
    refused(programme, key.answers(challenge, BROWSER), typed="wrong words")

    with no_slow_hash():
        refused(programme, key.answers(challenge, BROWSER))


def test_wrong_words_after_a_right_passkey_are_recorded(programme: Programme, key: Authenticator) -> None:
    refused(programme, answer(key), typed="wrong words")

    assert "member.passphrase-refused" in [one.action for one in audit.entries_for(programme.member_id("ines"))]


@pytest.mark.parametrize(
    "challenge",
    [
        lambda: new_challenge(SIGN_IN, "another browser"),
        lambda: new_challenge(ENROL, BROWSER),
        lambda: "AAAA" * 19,
        lambda: "",
    ],
)
def test_a_challenge_of_another_browser_purpose_or_making_is_refused(
    programme: Programme, key: Authenticator, challenge: object
) -> None:
    refused(programme, key.answers(challenge(), BROWSER))  # type: ignore[operator] # one of the four above


def test_a_challenge_ends_after_an_hour(programme: Programme, key: Authenticator) -> None:
    with clock.use(lambda: NOON):
        challenge = new_challenge(SIGN_IN, BROWSER)

    with clock.use(lambda: NOON + timedelta(minutes=61)):
        refused(programme, key.answers(challenge, BROWSER))


@pytest.mark.parametrize(
    "site", [Site("localhost", "http://localhost:9000"), Site("evil.example", "https://evil.example")]
)
def test_an_answer_made_on_another_site_is_refused(programme: Programme, key: Authenticator, site: Site) -> None:
    key.site = site

    refused(programme, answer(key))


def test_nobody_present_at_the_key_is_refused(programme: Programme, key: Authenticator) -> None:
    key.flags = 0

    refused(programme, answer(key))


def test_a_copied_key_that_counts_backwards_is_refused(programme: Programme, key: Authenticator) -> None:
    services.sign_in("ines", words(programme), answer(key))
    key.signed = 0

    refused(programme, answer(key))


def test_a_key_that_counts_nothing_comes_in_again(programme: Programme) -> None:
    key = Authenticator(counts=False)
    enrol(programme, "ines", key)

    assert [services.sign_in("ines", words(programme), answer(key)) for _ in range(2)]


def test_a_passkey_put_into_another_members_row_opens_nothing(programme: Programme, key: Authenticator) -> None:
    Passkey.objects.update(member_id=programme.member_id("idris"))

    refused(programme, answer(key), name="idris", typed=words(programme, "idris"))


def test_a_passkey_whose_row_was_tampered_with_is_a_plain_refusal(programme: Programme, key: Authenticator) -> None:
    Passkey.objects.update(sealed=b"\x01" + b"x" * 300)

    refused(programme, answer(key))
    assert queries.passkeys_for(programme.desk("ines")) == ()


def test_what_is_kept_of_a_passkey_is_sealed(programme: Programme, key: Authenticator) -> None:
    row = Passkey.objects.get()

    kept = bytes(row.sealed) + bytes(row.mark)
    assert key.credential_id not in kept
    assert b"Blue key" not in kept


def test_several_passkeys_have_names_and_one_can_go(programme: Programme, key: Authenticator) -> None:
    other = Authenticator(credential_id=b"another key of Ines, 32 bytes....")
    enrol(programme, "ines", other, called="  Phone \n at home ")
    desk = programme.desk("ines")
    assert [one.name for one in queries.passkeys_for(desk)] == ["Blue key", "Phone at home"]

    services.remove_passkey(queries.passkeys_for(desk)[0].id, by=desk)

    refused(programme, answer(key))
    assert services.sign_in("ines", words(programme), answer(other))


def test_nobody_sees_or_removes_a_colleagues_passkey(programme: Programme, key: Authenticator) -> None:
    (hers,) = queries.passkeys_for(programme.desk("ines"))

    assert queries.passkeys_for(programme.desk("leyla")) == ()
    with pytest.raises(NotAllowed):
        services.remove_passkey(hers.id, by=programme.desk("leyla"))


def test_the_last_second_factor_stays(programme: Programme, key: Authenticator) -> None:
    desk = programme.desk("ines")
    Member.objects.filter(sign_in_name="ines").update(sealed_second_factor=b"")
    (only,) = queries.passkeys_for(desk)

    with pytest.raises(Refused, match="last second factor"):
        services.remove_passkey(only.id, by=desk)


def test_the_same_passkey_is_added_once_and_a_challenge_serves_once(programme: Programme, key: Authenticator) -> None:
    with pytest.raises(Refused, match="here already"):
        enrol(programme, "ines", key)

    made = Authenticator(credential_id=b"new").makes(new_challenge(ENROL, BROWSER), BROWSER)
    services.add_passkey("One", made, passphrase=words(programme), by=programme.desk("ines"))
    with pytest.raises(Refused, match="not added"):
        services.add_passkey("Two", made, passphrase=words(programme, "idris"), by=programme.desk("idris"))


def test_an_assertion_enrols_nothing(programme: Programme, key: Authenticator) -> None:
    wrong = key.answers(new_challenge(ENROL, BROWSER), BROWSER)

    with pytest.raises(Refused, match="not added"):
        services.add_passkey("x", wrong, passphrase=words(programme), by=programme.desk("ines"))


def test_ten_passkeys_are_enough(programme: Programme) -> None:
    for number in range(10):
        enrol(programme, "ines", Authenticator(credential_id=bytes([number]) * 16))

    with pytest.raises(Refused, match="10 passkeys"):
        enrol(programme, "ines", Authenticator(credential_id=b"eleven"))


def test_who_lost_words_or_phone_starts_without_the_old_passkeys(programme: Programme, key: Authenticator) -> None:
    given = services.replace_lost_passphrase(programme.member_id("ines"), by=programme.desk("leyla"))
    joining = services.accept_invitation(given, work=CHEAP)

    assert not Passkey.objects.exists()
    refused(programme, answer(key), typed=joining.passphrase)


def test_spent_challenges_are_forgotten_once_they_are_over(programme: Programme, key: Authenticator) -> None:
    later = clock.now() + timedelta(hours=2)

    with clock.use(lambda: later):
        services.forget_old_sessions()

    assert not SpentChallenge.objects.exists()


@pytest.mark.one_database
@settings(max_examples=60)
@given(
    text=st.one_of(
        st.text(max_size=80),
        st.recursive(st.none() | st.text(max_size=9), lambda inner: st.dictionaries(st.text(), inner)).map(str),
        st.fixed_dictionaries({"rawId": st.text(max_size=20), "response": st.dictionaries(st.text(), st.text())}).map(
            lambda made: __import__("json").dumps(made)
        ),
    )
)
def test_nonsense_is_never_an_answer_and_never_a_fault(text: str) -> None:
    given_back = PasskeyAnswer(text, HERE, BROWSER)

    assert passkeys.shown(given_back) is None
    assert passkeys.enrolled(given_back, "name") is None


def test_an_answer_nested_without_end_is_never_a_fault() -> None:
    assert passkeys.shown(PasskeyAnswer("[" * 7000, HERE, BROWSER)) is None


@pytest.mark.parametrize("typed", ["", "words of somebody else"])
def test_a_desk_left_open_adds_no_passkey_without_the_six_words(programme: Programme, typed: str) -> None:
    made = Authenticator().makes(new_challenge(ENROL, BROWSER), BROWSER)

    with pytest.raises(Refused, match="not your six words"):
        services.add_passkey("Theirs", made, passphrase=typed, by=programme.desk("ines"))

    assert not Passkey.objects.exists()
