"""Whose token this is, and the keys with which a partner checks us."""

from django.http import HttpRequest
from ninja import Router

from safeconduct.api import papers
from safeconduct.api.documented import ALWAYS
from safeconduct.api.tokens import program_of
from safeconduct.audit import queries as audit
from safeconduct.domains.partners import services as partners
from safeconduct.domains.partners.rules import Term
from safeconduct.kernel import clock

router = Router(tags=["organisation"])


@router.get("/organisation", response={200: papers.OurKeys, **ALWAYS}, summary="Whose token this is")
def read_organisation(request: HttpRequest) -> papers.OurKeys:
    """Return your organisation's name and our public keys. Compare the keys with the ones you were handed."""
    program = program_of(request)
    return papers.OurKeys(
        name=program.name,
        may_file=program.footing.may(Term.FILE, clock.now().date()),
        record_key=audit.verifier_key(),
        hook_key_id=partners.HOOK_KEY_ID,
        hook_key=partners.verify_key_pem(),
    )
