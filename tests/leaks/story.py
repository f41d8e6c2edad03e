"""A story like the founding one, lived over HTTP: reported, spoken of, taken, noted, secured, decided and closed."""

import base64
import json
import re
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass, field

import httpx

from demoplatform.people import Person
from demoplatform.store import Store
from tests.leaks.planted import PLANTED, Secrets, picture
from tests.stories.caller import Caller, Upload
from tests.stories.served import Served

PATIENCE_SECONDS = 60
OUTSIDE = {"User-Agent": PLANTED["browser"], "X-Forwarded-For": PLANTED["address"], "X-Real-IP": PLANTED["address"]}
CASE = re.compile(r"/console/cases/[0-9a-f-]{36}")


@dataclass
class Story:
    """Everybody who takes part, and what only they know."""

    served: Served
    secrets: Secrets = field(default_factory=Secrets)
    sent: list[bytes] = field(default_factory=list, repr=False)
    gone_at_the_end: ExitStack = field(default_factory=ExitStack)

    def live(self) -> None:
        """Live it all, and end with everybody gone."""
        with self.gone_at_the_end:
            self._live()

    def _live(self) -> None:
        self._people()
        account_on_the_platform(self.served, PLANTED["own account"])
        self._clumsy()
        self._amina_reports()
        self._half_a_report()
        self._a_report_for_leads_alone()
        self._ines_works()
        self._amina_answers()
        self._tomas_files()
        self._leyla_hands_over()

    def _caller(self, language: str = "en", **headers: str) -> Caller:
        caller = self.gone_at_the_end.enter_context(closing(Caller(self.served, language, **headers)))
        caller.line.event_hooks["request"].append(self._hear)
        return caller

    def _hear(self, request: httpx.Request) -> None:
        self.sent += [str(request.url).encode(), repr(request.headers.raw).encode(), request.read()[:100_000]]

    def _people(self) -> None:
        for person in json.loads(self.served.people.read_text()):
            name, words = person["sign_in_name"], person["passphrase"]
            self.secrets.texts |= {f"passphrase of {name}": words, f"words of {name}": words.replace(" ", "-")}
            self.secrets.texts[f"second factor of {name}"] = person["second_factor_secret"]
            self.secrets.raw[f"second factor of {name}"] = base64.b32decode(person["second_factor_secret"])

    def _keep_cookies(self, caller: Caller, whose: str) -> None:
        for name, value in caller.line.cookies.items():
            if name in {"way", "desk"}:
                self.secrets.texts[f"cookie of {whose}"] = value
                self.secrets.raw[f"cookie of {whose}"] = base64.urlsafe_b64decode(value + "==")

    def _keep_nonce(self, caller: Caller, button: str, whose: str) -> None:
        nonce = caller.form_with(button).fields["nonce"][0]
        self.secrets.texts[f"nonce of {whose}"] = nonce
        self.secrets.raw[f"nonce of {whose}"] = base64.urlsafe_b64decode(nonce)

    def _clumsy(self) -> None:
        """Send what no page of ours would send: whatever answers it must not quote it anywhere."""
        victor = self._caller(**OUTSIDE)
        for path in ("/", "/console/cases/", "/help/", "/api/v1/reports/"):
            victor.line.get(path + PLANTED["path of a wrong address"])
        victor.line.get(f"/console/?l={PLANTED['path of a wrong address']}")
        victor.line.get("/help", headers={"Host": f"{PLANTED['wrong host']}.example"})
        broken = PLANTED["broken form"].encode()
        kinds = ("multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded")
        for kind in kinds:
            for body in (b"--x\r\nContent-Disposition: form-data; name=" + broken, b"%ff=%" + broken, broken * 300_000):
                victor.line.post("/help", content=body, headers={"Content-Type": kind})
        victor.line.post("/sign-in", data={"name": PLANTED["broken form"], "passphrase": PLANTED["broken form"]})
        victor.line.request(PLANTED["broken form"].upper().replace("-", ""), "/help")

    def _amina_reports(self) -> None:
        amina = self._caller("ar", **OUTSIDE)
        words = " ".join(PLANTED[name] for name in ("report", "report, in Arabic", "report, a name"))
        amina.open().press("report")
        self._keep_nonce(amina, "on", "the report")
        amina.press("on", happened=["T5", "T8"], text=words).press(
            "on", danger="now", who_in_danger=PLANTED["who is in danger"]
        )
        amina.press(
            "on",
            mine=PLANTED["own account"],
            others=PLANTED["account that attacks"],
            links=f"https://{PLANTED['link']}.example/p/1",
            who_else_sees="nobody",
        )
        amina.press("on", wants=["secure"], not_countries=["KE"], tell=PLANTED["who may be told"])
        ledger = PLANTED["file that is no picture"].encode() * 3
        amina.press("stay", files=[Upload(f"{PLANTED['name of a file that is no picture']}.doc", ledger)])
        amina.press("send", files=[Upload(f"{PLANTED['name of a picture']}.jpg", picture("with the report"))])
        lines = re.findall(r"<span>(\d{3} \d{3} \d{4})</span>", amina.page)
        assert len(lines) == 3, amina.page
        self.secrets.keep_code("Amina", lines)
        amina.press("enter")
        assert PLANTED["report"] in amina.page
        self._say(amina, PLANTED["message taken back"])
        amina.press("forget")
        self._say(amina, f"{PLANTED['message']} {PLANTED['message, in Arabic']}", picture("with a message"))
        self._keep_cookies(amina, "Amina")
        self.amina = amina

    def _say(self, caller: Caller, words: str, *pictures: bytes) -> None:
        caller.press("say", text=words, files=[Upload(f"{PLANTED['name of a picture']}.jpg", one) for one in pictures])
        assert words in caller.page, caller.page

    def _half_a_report(self) -> None:
        """Begin a report, with a picture, and never send it."""
        other = self._caller(**OUTSIDE)
        other.open().press("report").press("last", text=PLANTED["draft never sent"])
        other.press("stay", files=[Upload(f"{PLANTED['name of a picture']}.jpg", picture("never sent"))])
        self._keep_nonce(other, "send", "the draft")

    def _a_report_for_leads_alone(self) -> None:
        """Name somebody we cannot tell from our people, so that nobody but the leads gets a key."""
        other = self._caller(**OUTSIDE)
        other.open().press("danger").press("send", text="Soon.", not_person=PLANTED["who must not see it"])
        self.secrets.keep_code("a stranger", re.findall(r"<span>(\d{3} \d{3} \d{4})</span>", other.page))

    def _ines_works(self) -> None:
        ines = self._caller().become("ines")
        self._keep_cookies(ines, "Ines")
        found = CASE.search(ines.page)
        assert found, ines.page
        case = found.group()
        ines.follow(case).complete(at="/take")
        self._look(ines, case)
        ines.follow(case).complete(at="/notes", text=PLANTED["note"])
        ines.follow(f"{case}/summary").complete(text=PLANTED["case in one line"])
        degrees = dict.fromkeys(("scale", "scope", "irremediability", "likelihood"), "2")
        ines.follow(f"{case}/severity").complete(**degrees, reason=PLANTED["reason of a severity"])
        ines.follow(case).complete(at="/answer", text=PLANTED["answer"])
        self._secure(ines, case)
        self._take_back(ines, case)
        ines.follow(f"{case}/mitigated").complete(how=PLANTED["how the harm stopped"])
        self._decide(ines, case)

    def _look(self, ines: Caller, case: str) -> None:
        """Lift every veil, look at each picture, and carry off each original."""
        ines.follow(case)
        for form in [form for form in ines.forms if "/open" in form.action]:
            ines.send(form, dict(form.fields))
            for source in re.findall(r'<img class="sterile" src="([^"]+)"', ines.page):
                assert ines.line.get(source.replace("&amp;", "&")).status_code == 200
        ines.follow(case)
        for form in [form for form in ines.forms if "/original" in form.action]:
            carried = ines.line.post(form.action, data=dict(form.fields), headers=ines.origin)
            assert PLANTED["behind the end of a picture"].encode() in carried.content

    def _secure(self, ines: Caller, case: str) -> None:
        ines.follow(case).complete(at="/acts/secure-now")
        ines.complete(who_else_sees="nobody", proofs=["responder-check"], reason=PLANTED["reason of an act"])
        self._watch(ines)

    def _take_back(self, ines: Caller, case: str) -> None:
        undo = re.search(rf"{case}/orders/[0-9a-f-]{{36}}/undo", ines.follow(case).page)
        assert undo, ines.page
        ines.follow(undo.group()).complete(proofs=["responder-check"], reason=PLANTED["reason of taking back"])
        self._watch(ines)

    def _watch(self, ines: Caller) -> None:
        watched, patience = str(ines.answer.url), time.monotonic() + PATIENCE_SECONDS
        while "Every step is done, and checked" not in ines.page:
            assert time.monotonic() < patience, ines.page
            time.sleep(0.3)
            ines.follow(watched)

    def _decide(self, ines: Caller, case: str) -> None:
        ines.follow(f"{case}/decide").complete(
            reason="account-secured",
            also_looked_at=PLANTED["evidence looked at"],
            words_for_reporter=PLANTED["words for the reporter"],
            words_for_acted_on=PLANTED["words for the person acted on"],
        )
        ines.follow(f"{case}/close")
        ines.complete(linkage="missed-report", words=PLANTED["how we contributed"], feedback_asked="on")

    def _amina_answers(self) -> None:
        self.amina.open()
        assert PLANTED["words for the reporter"] in self.amina.page, self.amina.page
        self.amina.press("feedback", better="yes", words=PLANTED["feedback"]).press("shut")

    def _tomas_files(self) -> None:
        tomas = self._caller(**{"User-Agent": PLANTED["browser"]}).become("tomas")
        self._keep_cookies(tomas, "Tomas")
        tomas.follow("/partner/file").complete(
            at="/partner/file",
            text=PLANTED["partner's report"],
            reference=PLANTED["partner's number"],
            mine=PLANTED["own account"],
            files=[Upload(f"{PLANTED['name of a picture']}.jpg", picture("of the partner"))],
        )
        lines = re.findall(r"\d{3} \d{3} \d{4}", tomas.page)
        assert len(set(lines)) == 3, tomas.page
        self.secrets.keep_code("Tomas", list(dict.fromkeys(lines)))
        tomas.follow("/partner/")
        filed = re.search(r"/partner/report/[0-9a-f-]{36}", tomas.page)
        assert filed, tomas.page
        tomas.follow(filed.group()).complete(at="/say", text=PLANTED["partner's message"])
        self._program_files(tomas)

    def _leyla_hands_over(self) -> None:
        """Take the newest case and give it to a colleague, with a note."""
        leyla = self._caller().become("leyla")
        self._keep_cookies(leyla, "Leyla")
        cases = list(dict.fromkeys(CASE.findall(leyla.follow("/console/?view=open").page)))
        for case in cases:
            colleague = re.search(r'name="to" value="([0-9a-f-]{36})"', self._taken(leyla, case))
            if colleague:
                leyla.complete(to=colleague.group(1), note=PLANTED["note on handing over"])
                return
        raise AssertionError(cases)

    def _taken(self, leyla: Caller, case: str) -> str:
        leyla.follow(case).complete(at="/take")
        return leyla.follow(f"{case}/hand-over").page

    def _program_files(self, tomas: Caller) -> None:
        tomas.follow("/partner/programs").complete(at="/programs/token", label="Intake")
        shown = re.search(r'<code class="keys" dir="ltr">([^<]+)</code></p></div>', tomas.page)
        assert shown, tomas.page
        token = shown.group(1)
        self.secrets.texts["token of the program"] = token
        report = {
            "text": PLANTED["program's report"],
            "reference": PLANTED["partner's number"],
            "accounts": [{"platform": "juniper-square", "handle": PLANTED["program's account"]}],
        }
        program = self._caller(Authorization=f"Bearer {token}").line
        filed = program.post("/api/v1/reports", json=report, headers={"Idempotency-Key": PLANTED["partner's number"]})
        assert filed.status_code == 201, filed.text
        self.secrets.keep_code("the program", list(filed.json()["code"]))
        address = f"/api/v1/reports/{filed.json()['id']}/messages"
        said = program.post(address, json={"text": PLANTED["program's message"]}, headers={"Idempotency-Key": "m-1"})
        assert said.status_code == 201, said.text
        program.post("/api/v1/reports", content=f'{{"text": {PLANTED["broken document"]}')
        program.post("/api/v1/reports", json={PLANTED["broken document"]: 1}, headers={"Idempotency-Key": "m-2"})


def account_on_the_platform(served: Served, handle: str) -> None:
    """Give somebody an account on Juniper Square, with a device signed in."""
    person = Person(handle, "Z.", "Rivers.")
    with Store(served.platform_data).open() as db:
        db.execute("INSERT INTO account (handle, name, about) VALUES (?, ?, ?)", (handle, person.name, person.about))
        db.execute("INSERT INTO session VALUES ('planted', ?, 'Phone', '', '2026-01-01T00:00:00Z', 0, NULL)", (handle,))
