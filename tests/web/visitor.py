"""Someone with a browser that knows no script: reads a page, fills its forms, presses a button that is really there."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from django.test import Client


@dataclass
class Form:
    """One form of a page as a browser would send it."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: set[str] = field(default_factory=set)
    multipart: bool = False


class _Reader(HTMLParser):
    """Collects the forms of a page, with everything that is already filled in."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), multipart="multipart" in given.get("enctype", ""))
            self.forms.append(self._form)
        elif self._form is not None:
            self._take(tag, given, self._form)

    def _take(self, tag: str, given: dict[str, str], form: Form) -> None:
        name = given.get("name", "")
        if tag == "button":
            form.buttons.add(given.get("value", ""))
        elif tag == "textarea":
            self._area = name
            form.fields[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            form.fields[self._select] = [given["value"]]
        elif tag == "input" and given.get("type") in {"checkbox", "radio"}:
            if "checked" in given:
                form.fields.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "input" and given.get("type") != "file":
            form.fields.setdefault(name, []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area and self._form:
            self._form.fields[self._area] = [self._form.fields[self._area][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area and self._form:
            # A browser drops the first line break of an area.
            self._form.fields[self._area] = [self._form.fields[self._area][0].removeprefix("\n")]
            self._area = None
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None


class Visitor:
    """Holds a client and the page last seen. Checks forged forms as a real server would."""

    def __init__(self, language: str = "en", address: str = "127.0.0.1") -> None:
        self.client = Client(enforce_csrf_checks=True, REMOTE_ADDR=address)
        self.language = language
        self.answer: Any = None

    @property
    def page(self) -> str:
        """Return the HTML last seen."""
        return str(self.answer.content.decode())

    @property
    def forms(self) -> list[Form]:
        """Return the forms of the page last seen."""
        reader = _Reader()
        reader.feed(self.page)
        return reader.forms

    def open(self, address: str = "/help") -> "Visitor":
        """Load a page."""
        self.answer = self.client.get(address, {"l": self.language}, follow=True)
        return self

    def form_with(self, button: str) -> Form:
        """Return the form that has a button."""
        return next(form for form in self.forms if button in form.buttons)

    def press(self, button: str, *, files: list[Any] | None = None, **typed: str | list[str]) -> "Visitor":
        """Press a button of the page, with some fields filled in, and follow where it leads."""
        form = self.form_with(button)
        sent: dict[str, Any] = {**form.fields, **typed, "go": button}
        self.send(form, {**sent, **({"files": files} if files else {})})
        return self

    def send(self, form: Form, sent: dict[str, Any]) -> None:
        """Send a form as its page would."""
        if form.multipart:
            self.answer = self.client.post(form.action, sent, follow=True)
        else:
            plain = urlencode(sent, doseq=True)
            kind = "application/x-www-form-urlencoded"
            self.answer = self.client.post(form.action, plain, content_type=kind, follow=True)
