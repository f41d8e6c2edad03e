"""What the owner's devices, and a stranger's, show; and the whole account at a glance."""

import sqlite3
from dataclasses import dataclass

from werkzeug.wrappers import Response

from demoplatform import accounts, clock
from demoplatform.pages.html import Html, html, joined, page
from demoplatform.pages.public import missing


@dataclass(frozen=True)
class Screen:
    """What one device shows: a word for its state, and a sentence."""

    state: str
    word: str
    sentence: str


def screen(account: accounts.Account, device: accounts.Held) -> Screen:
    """Return what a device shows now. The lock comes before everything else."""
    if account.locked:
        end = f" until {clock.shown(account.locked_until)}" if account.locked_until else ""
        return Screen("locked", "Locked", f"This account is locked{end}. Nobody can use it now. This is no penalty.")
    if device.ended:
        return Screen("out", "Signed out", "You were signed out. Sign in with your password.")
    return Screen("in", "Signed in", f"Good to see you. You can post and read as @{account.handle}.")


def account_page(db: sqlite3.Connection, handle: str) -> Response:
    """Show the whole account: each device's screen, the apps, and what visitors can see."""
    found = accounts.find(db, handle)
    if found is None:
        return missing("There is no such account.")
    content = html(
        ACCOUNT,
        name=found.name,
        handle=handle,
        state=_state_line(found),
        devices=joined(_card(found, device) for device in accounts.devices(db, handle)),
        apps=joined(_app(app) for app in accounts.apps(db, handle)),
        rows=joined(_row(label, yes, no, is_yes=flag) for label, yes, no, flag in _rows(found)),
        notices=_notices(db, handle),
        log=_log(db, handle),
    )
    return page(f"The account of {found.name}", content)


ACCOUNT = """<h1>The account of {name}</h1>
<p class="lead">What the platform itself holds for @{handle} now. {state}</p>
<h2>Devices</h2>
<div class="screens">{devices}</div>
<h2>Connected apps</h2>
<ul class="plain">{apps}</ul>
<h2>Who can see and change what</h2>
<table><thead><tr><th scope="col">What</th><th scope="col">Now</th></tr></thead>
<tbody>{rows}</tbody></table>
<h2>Notices</h2>
{notices}
<h2>The platform's own log</h2>
<ol class="log">{log}</ol>
<p><a class="button" href="/account/{handle}">Look again</a> <a href="/@{handle}">See it as a visitor</a></p>"""


def device_page(db: sqlite3.Connection, device_id: str, *, outcome: str = "") -> Response:
    """Show what someone who holds this device sees."""
    device = accounts.device(db, device_id)
    account = accounts.find(db, device.handle) if device else None
    if device is None or account is None:
        return missing("There is no such device.")
    shows = screen(account, device)
    content = html(
        DEVICE,
        label=device.label,
        place=device.place,
        stranger=html('<p class="warn">This device is not the owner\'s.</p>') if device.stranger else Html(""),
        state=shows.state,
        word=shows.word,
        sentence=shows.sentence,
        outcome=html('<p class="outcome" role="status">{outcome}</p>', outcome=outcome) if outcome else Html(""),
        forms=html(FORMS, id=device.id) if shows.state == "in" else Html(""),
        handle=account.handle,
    )
    return page(device.label, content)


DEVICE = """<h1>{label}</h1>
<p class="lead">What someone who holds this device sees now. {place}.</p>{stranger}
<section class="screen big {state}"><p class="word">{word}</p><p>{sentence}</p></section>
{outcome}{forms}
<p><a href="/account/{handle}">The whole account</a></p>"""
FORMS = """<form method="post" action="/device/{id}"><label for="words">Write a post</label>
<textarea id="words" name="words" rows="2"></textarea>
<div class="row"><button name="do" value="post">Post</button>
<button name="do" value="password">Change the password</button>
<button name="do" value="recovery">Change the recovery e-mail</button></div></form>"""


def use_device(db: sqlite3.Connection, device_id: str, wish: str, words: str) -> str:
    """Try to use a device, and say what the platform answered."""
    device = accounts.device(db, device_id)
    account = accounts.find(db, device.handle) if device else None
    if device is None or account is None or screen(account, device).state != "in":
        return "Refused. This device cannot use the account."
    if wish == "password":
        return _frozen_or("password", frozen=account.credentials_frozen)
    if wish == "recovery":
        return _frozen_or("recovery e-mail", frozen=account.contact_frozen)
    if not words.strip():
        return "Nothing was written."
    number = db.execute("SELECT count(*) FROM post").fetchone()[0]
    values = (f"p-9{number:03}", account.handle, clock.text(clock.now()), words[:500])
    db.execute("INSERT INTO post (id, author, written_at, words, reply_to) VALUES (?, ?, ?, ?, '')", values)
    return "Posted."


def _frozen_or(what: str, *, frozen: bool) -> str:
    return f"Refused. The {what} is frozen." if frozen else f"The change of the {what} has begun."


def _state_line(found: accounts.Account) -> Html:
    if not found.locked:
        return html("It can be used.")
    if found.locked_until:
        return html("<strong>It is locked until {end}.</strong>", end=clock.shown(found.locked_until))
    return html("<strong>It is locked.</strong>")


def _card(account: accounts.Account, device: accounts.Held) -> Html:
    shows = screen(account, device)
    return html(
        CARD,
        state=shows.state,
        word=shows.word,
        sentence=shows.sentence,
        id=device.id,
        label=device.label,
        place=device.place,
        seen=clock.shown(device.seen_at),
        ended=" · signed out" if device.ended else "",
        stranger=html('<p class="warn">Not the owner\'s.</p>') if device.stranger else Html(""),
    )


CARD = """<article class="device"><h3><a href="/device/{id}">{label}</a></h3>{stranger}
<div class="screen {state}"><p class="word">{word}</p><p>{sentence}</p></div>
<p class="quiet">{place} · last seen {seen}{ended}</p></article>"""


def _app(app: accounts.Held) -> Html:
    word = "cut off" if app.ended else "connected"
    mark = html(' <span class="warn">Not the owner\'s.</span>') if app.stranger else Html("")
    return html("<li><strong>{label}</strong>: {word}. {place}.{mark}</li>", label=app.label, word=word,
                place=app.place, mark=mark)  # fmt: skip


def _rows(found: accounts.Account) -> list[tuple[str, str, str, bool]]:
    return [
        ("Using the account", "Locked", "Open", found.locked),
        ("Password and second factor", "Frozen", "Can be changed", found.credentials_frozen),
        ("Recovery e-mail and phone", "Frozen", "Can be changed", found.contact_frozen),
        ("Profile", "Hidden", "Visible", found.profile_hidden),
        ("Posts", "Hidden", "Visible", found.posts_hidden),
        ("Search", "Does not find it", "Finds it", found.search_hidden),
        ("Followers", "Hidden", "Visible", found.followers_hidden),
        ("Messages from strangers", "Closed", "Open", found.messages_closed),
    ]


def _row(label: str, yes: str, no: str, *, is_yes: bool) -> Html:
    return html(
        '<tr class="{state}"><th scope="row">{label}</th><td>{word}</td></tr>',
        state="shut" if is_yes else "open",
        label=label,
        word=yes if is_yes else no,
    )


def _notices(db: sqlite3.Connection, handle: str) -> Html:
    rows = db.execute("SELECT * FROM notice WHERE handle = ? ORDER BY sent_at DESC", (handle,)).fetchall()
    if not rows:
        return html('<p class="quiet">None.</p>')
    return joined(
        html('<blockquote class="notice"><p>{words}</p><p class="quiet">From Juniper Square, {at}</p></blockquote>',
             words=row["words"], at=clock.shown(row["sent_at"]))
        for row in rows
    )  # fmt: skip


def _log(db: sqlite3.Connection, handle: str) -> Html:
    rows = db.execute("SELECT * FROM log WHERE handle = ? ORDER BY at, rowid", (handle,))
    return joined(html("<li>{at}: {words}</li>", at=clock.shown(row["at"]), words=row["words"]) for row in rows)
