"""Coming in through a provider: it introduces, six words unlock, and nothing it says makes or opens anything else."""

from datetime import timedelta

import pytest

from safeconduct.accounts import queries, second_factor, services
from safeconduct.accounts.models import Member, ProviderLink, Session
from safeconduct.accounts.values import Desk, Introduction, Joining, MemberKind
from safeconduct.audit import queries as audit
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.programme import Programme

STAFF = frozenset({MemberKind.STAFF})
INES = Introduction("staff", "https://id.example", "ines-there", STAFF)


def code(who: Joining) -> str:
    return second_factor.code_now(who.second_factor_secret)


def link(programme: Programme, name: str = "ines", introduction: Introduction = INES) -> Joining:
    who = programme.founded.person(name)
    kept = services.keep_introduction(introduction)
    services.link_provider(kept.cookie, passphrase=who.passphrase, by=programme.desk(name))
    return who


def strong(introduction: Introduction = INES) -> Introduction:
    said = (introduction.provider, introduction.issuer, introduction.subject, introduction.serves)
    return Introduction(*said, second_factor=True)


def refused(cookie: str, words: str, proof: str) -> tuple[str, str]:
    with pytest.raises(NotAllowed) as fault:
        services.unlock(cookie, words, proof)
    return fault.value.code, fault.value.sentence


def test_six_words_unlock_what_an_introduction_does_not(programme: Programme) -> None:
    ines = link(programme)
    greeted = services.greet(strong())

    assert services.session_from(greeted.cookie) is None
    desk = services.session_from(services.unlock(greeted.cookie, ines.passphrase, "").cookie)
    assert isinstance(desk, Desk)
    assert desk.member_id == ines.member_id


def test_our_own_second_factor_stays_where_the_provider_showed_none(programme: Programme) -> None:
    ines = link(programme)

    assert services.to_unlock(services.greet(INES).cookie).needs_code  # type: ignore[union-attr] # it was just greeted
    refused(services.greet(INES).cookie, ines.passphrase, "")
    assert services.unlock(services.greet(INES).cookie, ines.passphrase, code(ines))


def test_each_wrong_part_gets_the_refusal_of_the_door(programme: Programme) -> None:
    ines = link(programme)
    cookies = [services.greet(INES).cookie for _ in range(2)]

    found = {
        refused(cookies[0], ines.passphrase, "000000x"),
        refused(cookies[1], "other words", code(ines)),
        refused("no cookie", ines.passphrase, "000000"),
        refused(programme.cookie("ines"), ines.passphrase, "000000"),
    }

    assert found == {("sign-in.wrong", services_wrong())}


def services_wrong() -> str:
    with pytest.raises(NotAllowed) as fault:
        services.sign_in("nobody", "", "")
    return fault.value.sentence


def test_an_introduction_is_good_for_one_try_and_ten_minutes(programme: Programme) -> None:
    ines = link(programme)
    tried, kept = services.greet(strong()).cookie, services.greet(strong()).cookie
    refused(tried, "other words", "")

    refused(tried, ines.passphrase, "")
    later = clock.now() + timedelta(minutes=11)
    with clock.use(lambda: later):
        refused(kept, ines.passphrase, "")


def test_an_unknown_subject_makes_nobody(programme: Programme) -> None:
    link(programme)
    before = Member.objects.count(), Session.objects.count()

    for stranger in (
        Introduction("staff", INES.issuer, "victor-there", STAFF),
        Introduction("staff", "https://elsewhere.example", INES.subject, STAFF),
        Introduction("another", INES.issuer, INES.subject, STAFF),
        Introduction("staff", INES.issuer, INES.subject, frozenset({MemberKind.PARTNER})),
    ):
        with pytest.raises(NotAllowed):
            services.greet(stranger)

    assert (Member.objects.count(), Session.objects.count()) == before


def test_whoever_is_linked_comes_in_through_the_provider_alone(programme: Programme) -> None:
    ines = link(programme)

    with pytest.raises(NotAllowed):
        services.sign_in("ines", ines.passphrase, code(ines))

    assert services.sign_in("ines", ines.passphrase, code(ines), in_person=True)


def test_a_lead_lets_a_colleague_in_without_the_provider_again(programme: Programme) -> None:
    ines = link(programme)
    with pytest.raises(NotAllowed):
        services.unlink_provider(ines.member_id, by=programme.desk("idris"))

    services.unlink_provider(ines.member_id, by=programme.desk("leyla"))

    assert services.sign_in("ines", ines.passphrase, code(ines))
    with pytest.raises(Refused, match="already"):
        services.unlink_provider(ines.member_id, by=programme.desk("leyla"))
    acts = [entry.action for entry in audit.entries_for(ines.member_id)]
    assert {"member.provider-linked", "member.provider-unlinked"} <= set(acts)


def test_a_desk_left_open_links_nobody(programme: Programme) -> None:
    kept = services.keep_introduction(INES)

    with pytest.raises(Refused, match="not your six words"):
        services.link_provider(kept.cookie, passphrase="other words", by=programme.desk("ines"))

    assert not ProviderLink.objects.exists()


def test_one_account_at_the_provider_is_one_person_here(programme: Programme) -> None:
    link(programme)

    with pytest.raises(Refused, match="linked already"):
        link(programme, "idris")
    with pytest.raises(Refused, match="linked already"):
        link(programme, "ines", Introduction("staff", INES.issuer, "ines-elsewhere", STAFF))
    assert queries.provider_of(programme.desk("idris")) == ""


def test_a_provider_links_only_those_it_serves(programme: Programme) -> None:
    tomas = programme.founded.person("tomas")
    kept = services.keep_introduction(INES)

    with pytest.raises(NotAllowed):
        services.link_provider(kept.cookie, passphrase=tomas.passphrase, by=programme.desk("tomas"))


def test_a_partners_member_comes_in_through_a_provider_that_serves_partners(programme: Programme) -> None:
    named = Introduction("helplines", "https://id.example", "tomas-there", frozenset({MemberKind.PARTNER}))
    tomas = link(programme, "tomas", named)

    desk = services.session_from(services.unlock(services.greet(strong(named)).cookie, tomas.passphrase, "").cookie)

    assert isinstance(desk, Desk)
    assert desk.organisation is not None


def test_whoever_was_put_out_is_not_greeted(programme: Programme) -> None:
    named = Introduction("helplines", "https://id.example", "tomas-there", frozenset({MemberKind.PARTNER}))
    tomas = link(programme, "tomas", named)
    waiting = services.greet(strong(named)).cookie
    services.remove_member(tomas.member_id, by=programme.desk("leyla"))

    with pytest.raises(NotAllowed):
        services.greet(strong(named))
    refused(waiting, tomas.passphrase, "")
    assert not ProviderLink.objects.exists()


def test_the_database_does_not_say_who_somebody_is_at_the_provider(programme: Programme) -> None:
    link(programme)
    services.greet(INES)

    stored = [*ProviderLink.objects.values_list(), *Session.objects.values_list()]
    assert b"ines-there" not in b"".join(bytes(each) for row in stored for each in row if isinstance(each, bytes))
    assert "ines-there" not in str(stored)


def test_leads_who_need_no_provider_are_counted(programme: Programme) -> None:
    desk = programme.desk("leyla")
    assert queries.leads_without_provider() == 1

    link(programme, "leyla")

    assert (queries.leads_without_provider(), queries.provider_of(desk)) == (0, "staff")
