"""A team's next key from order to end: signed, put into use in batches, the former one destroyed."""

from collections.abc import Callable

import pytest
import typer

from safeconduct.accounts import following, queries, services
from safeconduct.accounts.checks import Cards, Rekeys
from safeconduct.accounts.models import KeyPair
from safeconduct.cli import rekeying
from safeconduct.domains.cases.queries import case_for
from safeconduct.domains.cases.services import rewrapping
from tests.accounts.test_coming_and_going import agreed, forgotten_an_hour_later, sign
from tests.cli.conftest import Script
from tests.cli.test_members import typed
from tests.domains.cases.making import MadeCase, make_case, open_door
from tests.domains.cases.test_exclusions import opens
from tests.programme import LISBON, Programme

NOTHING_LEFT = "Nothing is left under a former key. The service destroys it within two hours."


@pytest.fixture
def made(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> list[MadeCase]:
    """Make five cases, and let two be done in a batch."""
    open_door(programme)
    monkeypatch.setattr(rewrapping, "AT_ONCE", 2)
    return [make_case(programme) for _ in range(5)]


def rekey(programme: Programme) -> None:
    rekeying.new_key(Script(typed(programme, "leyla")), LISBON)


def rewrap(programme: Programme, name: str = "ines") -> list[str]:
    screen = Script(typed(programme, name))
    rekeying.rewrap_all(screen)
    return screen.shown


def test_a_new_key_is_put_into_use_batch_by_batch_and_the_former_one_destroyed(
    programme: Programme, made: list[MadeCase]
) -> None:
    rekey(programme)
    sign(programme, programme.team_id(LISBON))

    said = rewrap(programme)

    assert said[:2] == ["2 wrapped anew, 6 left under former keys.", "4 wrapped anew, 2 left under former keys."]
    assert said[-2:] == ["Wrapped anew: 5 things.", NOTHING_LEFT]
    assert forgotten_an_hour_later() == 1
    assert KeyPair.objects.filter(superseded_at__isnull=False).count() == 0
    assert all(opens(programme, name, each.id) for each in made for name in ("ines", "leyla"))


def test_until_two_custodians_signed_nothing_is_moved_and_doctor_says_so(
    programme: Programme, made: list[MadeCase]
) -> None:
    rekey(programme)

    said = rewrap(programme)

    assert "Waiting for two custodians to sign: Lisbon team." in said[-1]
    assert Rekeys().run().what == "A new key waits for signatures: Lisbon team."
    assert queries.left_under_former_keys() == 10
    assert opens(programme, "ines", made[0].id)


def test_stopped_half_way_everything_opens_and_the_next_run_finishes(
    programme: Programme, made: list[MadeCase], monkeypatch: pytest.MonkeyPatch
) -> None:
    rekey(programme)
    sign(programme, programme.team_id(LISBON))
    monkeypatch.setattr(following, "follow", once_then(KeyboardInterrupt(), following.follow))

    with pytest.raises(typer.Exit):
        rewrap(programme)

    assert Rekeys().run().what == "A new key is being put into use: team Lisbon team, 6 left."
    assert all(opens(programme, "ines", each.id) for each in made)
    monkeypatch.undo()
    assert rewrap(programme, "idris")[-1] == NOTHING_LEFT


def once_then(fault: BaseException, act: Callable[..., int]) -> Callable[..., int]:
    turns = iter([act])

    def stopped(*given: object) -> int:
        turn = next(turns, None)
        if turn is None:
            raise fault
        return turn(*given)

    return stopped


def test_a_report_that_came_in_meanwhile_goes_to_the_members_and_then_to_the_team(
    programme: Programme, made: list[MadeCase]
) -> None:
    services.rekey_team(programme.team_id(LISBON), by=programme.desk("leyla"))
    meanwhile = make_case(programme)
    former = set(queries.superseded_keys())
    opened = opens(programme, "ines", meanwhile.id)
    sign(programme, programme.team_id(LISBON))
    since = make_case(programme)

    rewrap(programme)

    assert (opened, len(made), len(former)) == (True, 5, 1)
    for each in (meanwhile, since):
        assert {str(reader) for reader in readers(programme, each)} == {"Leads", "Lisbon team", "Nairobi team"}


def readers(programme: Programme, made: MadeCase) -> list[str]:
    return [str(each) for each in case_for(made.id, programme.desk("ines")).people]


def test_doctor_asks_for_new_cards_until_they_are_made(programme: Programme) -> None:
    rekey(programme)
    sign(programme, programme.team_id(LISBON))

    asked = Cards().run()
    services.make_cards(programme.team_id(LISBON), by=programme.desk("ines"), agreement=agreed(programme))

    assert "Lisbon team" in asked.what
    assert Cards().run().well
