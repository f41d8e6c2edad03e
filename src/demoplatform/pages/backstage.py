"""Backstage: how the platform misbehaves today, and putting everything back."""

from werkzeug.wrappers import Response

from demoplatform.faults import WORDS, Fault, Switch
from demoplatform.pages.html import html, joined, page

BACKSTAGE = """<h1>Backstage</h1>
<p class="lead">Choose how this platform behaves when Safeconduct gives it an order.
Safeconduct must tell the truth each time.</p>
<form method="post" action="/backstage"><fieldset><legend>Behaviour</legend>{choices}</fieldset>
<div class="row"><button name="do" value="behave">Behave like this</button></div></form>
<h2>Start again</h2>
<p>Everyone and everything goes back to the start.</p>
<form method="post" action="/backstage"><button name="do" value="reset">Put everything back</button></form>
<h2>Accounts</h2>
<ul class="plain"><li><a href="/account/amina">Amina's account</a></li>
<li><a href="/account/test-account">The test account</a></li></ul>"""
CHOICE = """<p><input type="radio" id="{value}" name="fault" value="{value}"{checked}>
<label for="{value}">{words}</label></p>"""


def backstage_page(switch: Switch) -> Response:
    """Show the switches."""
    choices = joined(
        html(CHOICE, value=fault.value, words=WORDS[fault], checked=" checked" if fault is switch.fault else "")
        for fault in Fault
    )
    return page("Backstage", html(BACKSTAGE, choices=choices))
