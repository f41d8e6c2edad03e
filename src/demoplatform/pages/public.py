"""What a visitor sees: the square, profiles, followers and search."""

import sqlite3

from werkzeug.wrappers import Response

from demoplatform import accounts, clock
from demoplatform.pages.html import Html, html, joined, page

POST = """<article class="post" id="{id}">
<header><span class="face face-{colour}" aria-hidden="true">{letter}</span>
<div><a class="who" href="/@{author}">{name}</a> <span class="handle">@{author}</span><br>
<a class="when" href="#{id}">{when}</a>{answering}</div></header>
<p>{words}</p>
</article>"""


def square(db: sqlite3.Connection) -> Response:
    """Show the newest posts of everyone."""
    rows = db.execute(
        "SELECT * FROM post WHERE author IN (SELECT handle FROM account WHERE NOT posts_hidden AND NOT profile_hidden) "
        "ORDER BY written_at DESC, id LIMIT 40"
    )
    content = html(
        '<h1>The square</h1><p class="lead">What people say here, newest first.</p>{posts}',
        posts=_posts(db, list(rows)),
    )
    return page("The square", content)


def profile(db: sqlite3.Connection, handle: str) -> Response:
    """Show one account as a visitor sees it."""
    found = accounts.find(db, handle)
    if found is None or found.profile_hidden:
        return missing("This profile is not available.")
    written = db.execute("SELECT * FROM post WHERE author = ? ORDER BY written_at DESC", (handle,)).fetchall()
    about = db.execute(
        "SELECT * FROM post WHERE reply_to IN (SELECT id FROM post WHERE author = ?) AND author <> ? "
        "ORDER BY written_at",
        (handle, handle),
    ).fetchall()
    content = html(
        PROFILE,
        name=found.name,
        handle=found.handle,
        about=found.about,
        place=html('<p class="place">{place}</p>', place=found.place) if found.place else Html(""),
        letter=found.name[0],
        colour=_colour(found.handle),
        followers=_followers_line(db, found),
        messages="Takes no messages from strangers." if found.messages_closed else "Anyone can write a message.",
        posts=html('<p class="quiet">No posts to see.</p>') if found.posts_hidden else _posts(db, written),
        answers=Html("") if found.posts_hidden or not about else html(ANSWERS, posts=_posts(db, about)),
    )
    return page(f"{found.name} (@{found.handle})", content)


PROFILE = """<section class="profile">
<span class="face large face-{colour}" aria-hidden="true">{letter}</span>
<div><h1>{name}</h1><p class="handle">@{handle}</p><p>{about}</p>{place}
<p class="quiet">{followers} · {messages}</p></div>
</section>
<h2>Posts</h2>
{posts}
{answers}"""
ANSWERS = "<h2>What others answered</h2>{posts}"


def followers(db: sqlite3.Connection, handle: str) -> Response:
    """Show who follows an account, unless that is hidden."""
    found = accounts.find(db, handle)
    if found is None or found.profile_hidden or found.followers_hidden:
        return missing("This list is not available.")
    rows = db.execute(
        "SELECT account.* FROM follow JOIN account ON handle = follower WHERE followed = ? "
        "AND NOT profile_hidden ORDER BY name",
        (handle,),
    )
    people = joined(_person(row) for row in rows)
    content = html('<h1>Who follows {name}</h1><ul class="people">{people}</ul>', name=found.name, people=people)
    return page(f"Who follows {found.name}", content)


def search(db: sqlite3.Connection, wanted: str) -> Response:
    """Find accounts by name; hidden ones are not found."""
    rows = db.execute(
        "SELECT * FROM account WHERE (instr(lower(name), ?) OR instr(lower(handle), ?)) AND NOT search_hidden "
        "AND NOT profile_hidden ORDER BY name",
        (wanted.lower(), wanted.lower()),
    ).fetchall()
    found = joined(_person(row) for row in rows) if wanted else Html("")
    nothing = html('<p class="quiet">Nobody is called that here.</p>') if wanted and not rows else Html("")
    content = html(SEARCH, wanted=wanted, people=found, nothing=nothing)
    return page("Search", content)


SEARCH = """<h1>Search</h1>
<form method="get" action="/search"><label for="q">A name</label>
<div class="row"><input id="q" name="q" value="{wanted}" autocomplete="off"><button>Search</button></div></form>
<ul class="people">{people}</ul>{nothing}"""


def missing(sentence: str, *, status: int = 404) -> Response:
    """Say that there is nothing here, in the same way for what is hidden and what never was."""
    content = html('<h1>Not available</h1><p class="lead">{sentence}</p><p><a href="/">Back to the square</a></p>',
                   sentence=sentence)  # fmt: skip
    return page("Not available", content, status=status)


def _posts(db: sqlite3.Connection, rows: list[sqlite3.Row]) -> Html:
    names = dict(db.execute("SELECT handle, name FROM account").fetchall())
    return joined(_post(row, names) for row in rows)


def _post(row: sqlite3.Row, names: dict[str, str]) -> Html:
    hidden = "This post is not available while it is being looked at."
    answering = html(" · answers a post") if row["reply_to"] else Html("")
    return html(
        POST,
        id=row["id"],
        author=row["author"],
        name=names[row["author"]],
        letter=names[row["author"]][0],
        colour=_colour(row["author"]),
        when=clock.shown(row["written_at"]),
        answering=answering,
        words=html('<em class="gone">{hidden}</em>', hidden=hidden) if row["disabled"] else row["words"],
    )


def _followers_line(db: sqlite3.Connection, found: accounts.Account) -> Html:
    if found.followers_hidden:
        return html("Followers are not shown")
    count = db.execute("SELECT count(*) FROM follow WHERE followed = ?", (found.handle,)).fetchone()[0]
    return html('<a href="/@{handle}/followers">Followers: {count}</a>', handle=found.handle, count=count)


def _person(row: sqlite3.Row) -> Html:
    return html(
        '<li><span class="face face-{colour}" aria-hidden="true">{letter}</span><span><a href="/@{handle}">{name}</a> '
        '<span class="handle">@{handle}</span></span></li>',
        colour=_colour(row["handle"]), letter=row["name"][0], handle=row["handle"], name=row["name"],
    )  # fmt: skip


def _colour(handle: str) -> int:
    return sum(handle.encode()) % 5
