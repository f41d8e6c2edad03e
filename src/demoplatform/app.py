"""The web application: pages for people, and the contract for Safeconduct."""

from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from demoplatform.contract import serving
from demoplatform.contract.signing import Keys
from demoplatform.faults import Fault, Switch
from demoplatform.pages import backstage, inside, public
from demoplatform.store import Store

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ADDRESSES = Map(
    [
        Rule("/", endpoint="square", methods=["GET"]),
        Rule("/square.css", endpoint="style", methods=["GET"]),
        Rule("/search", endpoint="search", methods=["GET"]),
        Rule("/@<handle>", endpoint="profile", methods=["GET"]),
        Rule("/@<handle>/followers", endpoint="followers", methods=["GET"]),
        Rule("/account/<handle>", endpoint="account", methods=["GET"]),
        Rule("/device/<device_id>", endpoint="device", methods=["GET", "POST"]),
        Rule("/backstage", endpoint="backstage", methods=["GET", "POST"]),
        *(Rule(f"/safeconduct/v1/{name}", endpoint=f"contract:{name}", methods=["POST"]) for name in serving.TEXTS),
    ],
    strict_slashes=False,
)
# A page elsewhere must not be able to reach this one through a name that it made lead here.
TRUSTED_HOSTS = ["127.0.0.1", "localhost"]


class Square:
    """Juniper Square as a WSGI application. ``switch`` makes it misbehave, ``reset`` puts everything back."""

    def __init__(self, folder: Path, keys: Keys, *, switch: Switch | None = None) -> None:
        """Keep everything in ``folder``."""
        self._store, self._keys, self.switch = Store(folder), keys, switch or Switch()

    def reset(self) -> None:
        """Put everyone and everything back to the start."""
        self.switch.fault = Fault.NONE
        self._store.reset()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        request.trusted_hosts = TRUSTED_HOSTS
        try:
            response = self._answer(request)
        except HTTPException as fault:
            response = public.missing("There is no such page.", status=fault.code or 404)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        request.host  # noqa: B018 - raises for a host that is not ours
        endpoint, parts = ADDRESSES.bind_to_environ(request.environ).match()
        if endpoint.startswith("contract:"):
            question = endpoint.partition(":")[2]
            return serving.answer(question, request, store=self._store, keys=self._keys, switch=self.switch)
        if endpoint == "style":
            return _style()
        if request.method == "POST":
            return self._changed(endpoint, request, parts)
        return self._page(endpoint, request, parts)

    def _page(self, endpoint: str, request: Request, parts: Mapping[str, str]) -> Response:
        if endpoint == "backstage":
            return backstage.backstage_page(self.switch)
        with self._store.open() as db:
            if endpoint == "square":
                return public.square(db)
            if endpoint == "search":
                return public.search(db, request.args.get("q", "")[:100])
            if endpoint == "device":
                return inside.device_page(db, parts["device_id"])
            shown = {"profile": public.profile, "followers": public.followers, "account": inside.account_page}
            return shown[endpoint](db, parts["handle"])

    def _changed(self, endpoint: str, request: Request, parts: Mapping[str, str]) -> Response:
        # A form on a page elsewhere must not press our buttons.
        if request.headers.get("Origin", request.host_url.rstrip("/")) != request.host_url.rstrip("/"):
            return Response("This form is not ours.", 403, mimetype="text/plain")
        if endpoint == "device":
            return self._used(parts["device_id"], request)
        if request.form.get("do") == "reset":
            self.reset()
        elif request.form.get("fault") in set(Fault):
            self.switch.fault = Fault(request.form["fault"])
        return redirect("/backstage", 303)

    def _used(self, device_id: str, request: Request) -> Response:
        with self._store.open() as db:
            outcome = inside.use_device(db, device_id, request.form.get("do", ""), request.form.get("words", ""))
            return inside.device_page(db, device_id, outcome=outcome)


def make_app(folder: Path, keys: Keys, *, switch: Switch | None = None) -> Square:
    """Make the platform. Whoever starts it passes in whose questions it believes and what it signs with."""
    return Square(folder, keys, switch=switch)


def _style() -> Response:
    css = (resources.files("demoplatform") / "static" / "square.css").read_bytes()
    return Response(css, mimetype="text/css", headers={"X-Content-Type-Options": "nosniff"})
