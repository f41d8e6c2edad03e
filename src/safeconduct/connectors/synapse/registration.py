"""The file by which an operator lets a homeserver send us its events, and the lines for telling us of log-ins."""

import json
import re

SENDER = "safeconduct-events"


def appservice(*, platform: str, address: str, server_name: str, our_token: str, their_token: str) -> str:
    """Return an appservice's registration: it listens to everyone and owns nobody's name."""
    users = json.dumps(f"@.*:{re.escape(server_name)}")
    return "\n".join(
        [
            "# Lets this homeserver send Safeconduct the events of its rooms. Keep it secret: it holds both tokens.",
            f"id: {json.dumps(f'safeconduct-{platform}')}",
            f"url: {json.dumps(address)}",
            f"as_token: {json.dumps(our_token)}",
            f"hs_token: {json.dumps(their_token)}",
            f"sender_localpart: {json.dumps(SENDER)}",
            "rate_limited: true",
            "namespaces:",
            f"  users: [{{exclusive: false, regex: {users}}}]",
            '  rooms: [{exclusive: false, regex: "!.*"}]',
            "  aliases: []",
            "",
        ]
    )


def login_hook(*, address: str, token: str) -> str:
    """Return the lines of ``homeserver.yaml`` that tell us of log-ins; a log-in passes even if we do not answer."""
    return "\n".join(
        [
            "# Needs: pip install synapse-http-antispam",
            "modules:",
            "  - module: synapse_http_antispam.HTTPAntispam",
            "    config:",
            f"      base_url: {json.dumps(address)}",
            f"      authorization: {json.dumps(token)}",
            "      enabled_callbacks: [check_login_for_spam]",
            "      fail_open: {check_login_for_spam: true}",
            "",
        ]
    )
