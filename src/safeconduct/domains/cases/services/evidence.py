"""Adding to the evidence of a case."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.models import StoredFile
from safeconduct.domains.cases.papers import WorkKind
from safeconduct.domains.cases.rules import Verb
from safeconduct.domains.cases.services.deeds import open_case
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import SealedFile


@transaction.atomic
def add(case_id: UUID, file: SealedFile, *, note: str, desk: Desk) -> UUID:
    """Keep a file as evidence in the work file, with a word about what it is."""
    held = open_case(case_id, desk, why="add evidence")
    held.must(Verb.NOTE)
    if StoredFile.objects.filter(pk=file.id).exists():
        raise NotAllowed
    StoredFile.objects.create(id=file.id, case=held.case)
    held.write(WorkKind.EVIDENCE, note, file=file.as_json())
    held.tell("case.evidence-added")
    return file.id
