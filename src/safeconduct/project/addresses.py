"""Where this service stands, for links that it sends out: the first whole host name, over HTTPS."""


def console(hosts: str) -> str:
    """Return the address of the console; empty where no whole host name is set."""
    named = [host.strip() for host in hosts.split(",")]
    whole = next((host for host in named if host and not host.startswith((".", "*"))), "")
    return f"https://{whole}/console" if whole else ""
