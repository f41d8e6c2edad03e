"""What reviewers can open follows them, at no cost to whoever signs in."""

from safeconduct.domains.remedy import services
from safeconduct.domains.remedy.models import ReviewFile
from tests.domains.remedy.making import appeal, joined, make_decided, opens, taken
from tests.programme import Programme


def damage(file: ReviewFile) -> None:
    sealed = bytes(file.sealed)
    ReviewFile.objects.filter(pk=file.pk).update(sealed=sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_a_damaged_file_keeps_nobody_out_and_the_others_still_follow(programme: Programme) -> None:
    broken, whole = make_decided(programme), make_decided(programme)
    damage(ReviewFile.objects.get(case_id=broken.id))
    noor = joined(programme, "noor", "Noor")

    assert services.rewrap_reviews(programme.desk("idris")) == 1

    assert opens(noor, ReviewFile.objects.get(case_id=whole.id).envelope)
    assert not opens(noor, ReviewFile.objects.get(case_id=broken.id).envelope)


def test_a_damaged_file_under_appeal_leaves_the_other_appeals_to_newcomers(programme: Programme) -> None:
    broken, whole = make_decided(programme), make_decided(programme)
    appeal(broken)
    receipt = appeal(whole)
    damage(ReviewFile.objects.get(case_id=broken.id))
    noor = joined(programme, "noor", "Noor")

    services.rewrap_reviews(programme.desk("idris"))

    assert taken(receipt, noor).case is not None
