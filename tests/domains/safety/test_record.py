"""The record is bound to what was tried on an account, and only who opens the case can say what that was."""

from safeconduct.audit import queries as audit
from safeconduct.audit.leaves import Facts
from safeconduct.domains.safety import services
from safeconduct.domains.safety.models import BundleOrder
from safeconduct.domains.safety.rules import WhoElse
from safeconduct.domains.safety.sealing import place_of
from safeconduct.vault import Opened, confiding
from tests.domains.safety.conftest import CASE, Scene
from tests.domains.safety.platform import FakePlatform


def tried(envelope: Opened) -> list[Facts]:
    """Return what can be proved of each try by whoever opens this envelope, and with it the act record's key."""
    row = BundleOrder.objects.get()
    key = envelope.read(bytes(row.sealed_record_key), place_of("bundleorder", row.id, "sealed_record_key"))
    entries = [each.id for each in audit.entries_for(CASE) if each.action == "account.act-tried"]
    return [facts for each in entries if (facts := audit.facts_of(each, confiding.reading(key)))]


def test_whoever_opens_the_case_proves_what_was_tried_and_what_came_of_it(scene: Scene, platform: FakePlatform) -> None:
    order = scene.order(who_else_sees=WhoElse.NOBODY)

    services.carry_out()

    assert platform.performed
    assert {each["order"] for each in tried(scene.envelope)} == {str(order)}
    assert next((each["act"], each["status"]) for each in tried(scene.envelope)) == ("account.lock", "done-and-checked")


def test_an_order_is_proved_by_whoever_opens_the_case(scene: Scene) -> None:
    order = scene.order()

    entry = audit.entries_for(CASE)[-1].id

    assert audit.facts_of(entry, confiding.read_under(scene.envelope)) == {"order": str(order)}
    assert audit.facts_of(entry, confiding.read_under(Opened(scene.envelope.id, b"v" * 32))) is None
