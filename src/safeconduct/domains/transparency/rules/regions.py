"""Countries in large regions (the United Nations' M49): a country alone may be one person."""

from enum import StrEnum
from functools import cache

from babel import Locale


class Region(StrEnum):
    """A part of the world."""

    NORTHERN_AFRICA = "northern-africa"
    SUB_SAHARAN_AFRICA = "sub-saharan-africa"
    NORTHERN_AMERICA = "northern-america"
    LATIN_AMERICA = "latin-america"
    CENTRAL_ASIA = "central-asia"
    EASTERN_ASIA = "eastern-asia"
    SOUTH_EASTERN_ASIA = "south-eastern-asia"
    SOUTHERN_ASIA = "southern-asia"
    WESTERN_ASIA = "western-asia"
    EASTERN_EUROPE = "eastern-europe"
    NORTHERN_EUROPE = "northern-europe"
    SOUTHERN_EUROPE = "southern-europe"
    WESTERN_EUROPE = "western-europe"
    OCEANIA = "oceania"


_COUNTRIES = {
    Region.NORTHERN_AFRICA: "DZ EG EH LY MA SD TN",
    Region.SUB_SAHARAN_AFRICA: "AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW IO KE KM LR LS MG ML MR MU "
    "MW MZ NA NE NG RE RW SC SH SL SN SO SS ST SZ TD TF TG TZ UG YT ZA ZM ZW",
    Region.NORTHERN_AMERICA: "BM CA GL PM US",
    Region.LATIN_AMERICA: "AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM "
    "KN KY LC MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI",
    Region.CENTRAL_ASIA: "KG KZ TJ TM UZ",
    Region.EASTERN_ASIA: "CN HK JP KP KR MN MO TW",
    Region.SOUTH_EASTERN_ASIA: "BN ID KH LA MM MY PH SG TH TL VN",
    Region.SOUTHERN_ASIA: "AF BD BT IN IR LK MV NP PK",
    Region.WESTERN_ASIA: "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    Region.EASTERN_EUROPE: "BG BY CZ HU MD PL RO RU SK UA",
    Region.NORTHERN_EUROPE: "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
    Region.SOUTHERN_EUROPE: "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
    Region.WESTERN_EUROPE: "AT BE CH DE FR LI LU MC NL",
    Region.OCEANIA: "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
}
_REGION_OF = {code: region for region, codes in _COUNTRIES.items() for code in codes.split()}


def region_of(country: str, languages: tuple[str, ...]) -> Region | None:
    """Return the region of a country given by its two letters or by its name in one of the languages."""
    said = country.strip()
    named = (_named(language).get(said.casefold(), "") for language in languages)
    code = next((each for each in (said.upper(), *named) if each in _REGION_OF), "")
    return _REGION_OF.get(code)


@cache
def _named(language: str) -> dict[str, str]:
    territories = Locale.parse(language, sep="-").territories
    return {name.casefold(): code for code, name in territories.items() if code in _REGION_OF}
