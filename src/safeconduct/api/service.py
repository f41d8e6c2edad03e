"""HTTP v1 put together: its addresses, its token, its answers when something goes wrong."""

from safeconduct import __version__
from safeconduct.api import appeals, organisation, problems, reports
from safeconduct.api.documented import PartnerAPI
from safeconduct.api.tokens import PartnerToken

api = PartnerAPI(
    title="Safeconduct for partners",
    version=__version__,
    description=(
        "File reports for the people you act for, follow their clocks, write to the people who work on them, appeal "
        "against what they decide, and keep signed proof of how long each one waited. You see your own reports "
        "and nothing else."
    ),
    docs_url=None,
    urls_namespace="api",
    auth=PartnerToken(),
)
api.add_router("", reports.router)
api.add_router("", appeals.router)
api.add_router("", organisation.router)
problems.explain(api)
