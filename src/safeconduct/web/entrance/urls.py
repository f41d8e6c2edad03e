"""Addresses of the entrance. None carries a secret or says who someone is."""

from django.urls import path

from safeconduct.web.entrance import door, introductions, joining, keys, passkeys, people, person, sessions

app_name = "entrance"

urlpatterns = [
    path("sign-in", door.sign_in, name="sign-in"),
    path("sign-in/through/<slug:provider>", introductions.go, name="provider"),
    path("sign-in/through/<slug:provider>/back", introductions.introduced, name="introduced"),
    path("unlock", introductions.unlock, name="unlock"),
    path("sign-out", door.sign_out, name="sign-out"),
    path("invitation", joining.invitation, name="invitation"),
    path("invitation/second-factor.svg", joining.picture, name="second-factor"),
    path("your-key", keys.your_key, name="your-key"),
    path("your-key/passkeys", passkeys.add, name="add-passkey"),
    path("your-key/passkeys/remove", passkeys.remove, name="remove-passkey"),
    path("your-key/sessions/end", sessions.end, name="end-sessions"),
    path("your-key/time-zone", keys.keep_time_zone, name="keep-time-zone"),
    path("your-key/provider", introductions.link, name="link"),
    path("your-key/provider/<slug:provider>", introductions.go_to_link, name="go-to-link"),
    path("roster", keys.roster, name="roster"),
    path("people", people.everyone, name="people"),
    path("people/invite", people.invite, name="invite"),
    path("people/<uuid:member_id>", person.person, name="person"),
    path("people/<uuid:member_id>/team", person.join, name="join-team"),
    path("people/<uuid:member_id>/new-words", person.new_words, name="new-words"),
    path("people/<uuid:member_id>/remove", person.remove, name="remove"),
]
