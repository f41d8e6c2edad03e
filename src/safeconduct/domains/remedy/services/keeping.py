"""Keeping what a reviewer would need of a decided case, so that an appeal opens it and nothing else does.

A fresh key is wrapped into the case. Its seed is sealed for the reviewers (the inner lock), and that again for each
who may appeal (the outer lock). Reviewers alone open nothing before there is an appeal; whoever appeals never opens
the inner lock; whoever decided is not among the reviewers.
"""

import secrets
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases.queries import handed_on, hands
from safeconduct.domains.cases.rules import Outcome
from safeconduct.domains.cases.services import decisions, reviewed
from safeconduct.domains.cases.values import Decision
from safeconduct.domains.remedy.models import ReviewFile, ReviewLock
from safeconduct.domains.remedy.papers import LEFT, Left, place_of_inner, place_of_lock
from safeconduct.domains.remedy.queries.reviewers import present_reviewers, reviewers_for
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.ids import new_id
from safeconduct.vault import EnvelopeKind, Keyring, Recipient, blind_id, public_key
from safeconduct.vault import services as vault

SEED_BYTES = 32


@transaction.atomic
def decide_case(case_id: UUID, decision: Decision, desk: Desk) -> Outcome:
    """Decide a case, and keep in the same breath what an appeal against it will need."""
    outcome = decisions.decide(case_id, decision, desk)
    keep_for_review(case_id, desk)
    return outcome


@transaction.atomic
def keep_for_review(case_id: UUID, desk: Desk) -> ReviewFile | None:
    """Keep a whole case for its reviewers; None where nobody may review it, since a decision waits for no staffing."""
    reviewed.lock_case(case_id)
    held = handed_on.keys_of(case_id, desk, why="keep the case for review")
    left = Left(held.exclusions, held.without)
    reviewers = reviewers_for(case_id, left)
    if not reviewers:
        audit.record(desk.actor, "review.nobody", case_id)
        return None
    seed = secrets.token_bytes(SEED_BYTES)
    conversations = [opened.id for opened in held.conversations.values()]
    give_key(seed, [held.work, *conversations], desk.ring, desk.actor)
    file, inner = make_file(case_id, seed, left, reviewers, desk.actor)
    for report_id, conversation in held.conversations.items():
        lock = ReviewLock(id=new_id(), file=file, report_id=report_id, decision=hands.times_decided(report_id))
        lock.sealed = conversation.seal(inner, place_of_lock(lock.id))
        lock.save(force_insert=True)
    return file


def keep_conversation(
    case_id: UUID, report_id: UUID, conversation: UUID, *, ring: Keyring, by: Actor, reviewers: Collection[Recipient]
) -> tuple[ReviewFile, bytes]:
    """Keep one conversation for reviewers with the key of whoever appeals, where nothing was kept at the decision."""
    seed = secrets.token_bytes(SEED_BYTES)
    give_key(seed, [conversation], ring, by)
    return make_file(case_id, seed, Left(handed_on.exclusions_of(report_id, ring)), reviewers, by)


def give_key(seed: bytes, envelopes: Iterable[UUID], ring: Keyring, by: Actor) -> None:
    """Wrap each envelope to the key of a review. Under a blind id no change of readers takes it away."""
    reader = Recipient(blind_id(seed), public_key(seed))
    for envelope in envelopes:
        vault.rewrap(envelope, ring=ring, add=[reader], drop=(), by=by)


def make_file(
    case_id: UUID, seed: bytes, left: Left, reviewers: Collection[Recipient], by: Actor
) -> tuple[ReviewFile, bytes]:
    """Make a review file and return it with its inner lock."""
    file = ReviewFile(id=new_id(), case_id=case_id, envelope=new_id(), made_at=clock.this_minute())
    opened = vault.wrap(file.envelope, EnvelopeKind.REVIEW, to=[*reviewers], reporter=None, by=by)
    file.chosen_from = present_reviewers()
    file.sealed = LEFT.seal(left, opened, file.id)
    file.save(force_insert=True)
    return file, opened.seal(seed, place_of_inner(file.id))
