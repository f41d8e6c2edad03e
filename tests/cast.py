"""The people of every test. All are invented; none stands for anyone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Someone invented: how they sign in, and what they are in the story."""

    name: str
    sign_in_name: str
    country: str = ""
    languages: tuple[str, ...] = ("en",)


AMINA = Person("Amina", "amina", "", ("ar",))  # the defender; she has no account here, only on the platform
INES = Person("Ines", "ines", "PT", ("en", "pt", "ar"))  # responder
IDRIS = Person("Idris", "idris", "KE", ("en", "sw"))  # responder, decides appeals of what Ines decided
LEYLA = Person("Leyla", "leyla", "NL", ("en", "tr"))  # lead
CHIARA = Person("Chiara", "chiara", "IT", ("en", "it"))  # custodian
KOFI = Person("Kofi", "kofi", "GH", ("en", "fr"))  # custodian
YARA = Person("Yara", "yara", "BR", ("en", "pt"))  # custodian, where there are benches
JOON = Person("Joon", "joon", "KR", ("en", "ko"))  # custodian, where there are benches
TOMAS = Person("Tomas", "tomas", "CZ", ("en", "cs"))  # partner, Harbour Helpline
VICTOR = Person("Victor", "victor", "")  # must find nothing anywhere

PARTNER_NAME = "Harbour Helpline"
PLATFORM_NAME = "Juniper Square"
