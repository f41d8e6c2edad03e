"""Everyone and everything on Juniper Square at the start. All of it is invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """One account."""

    handle: str
    name: str
    about: str
    place: str = ""
    recovery: str = ""


@dataclass(frozen=True)
class Post:
    """One post, ``hours`` old at the start."""

    id: str
    author: str
    hours: float
    words: str
    reply_to: str = ""


@dataclass(frozen=True)
class Device:
    """Where an account is signed in, or an app that acts for it. ``stranger`` is not the owner."""

    id: str
    handle: str
    label: str
    place: str
    hours: float
    stranger: bool = False


TEST_ACCOUNT = "test-account"
TEST_POST = "p-3001"

PEOPLE = (
    Person(
        "amina",
        "Amina R.",
        "Rivers, wells, and who owns them. I read permits so you need not.",
        "Delta province",
        "a•••@post.example",
    ),
    Person(
        "harbour.helpline", "Harbour Helpline", "We answer people who are attacked for what they say. Day and night."
    ),
    Person("nadia.writes", "Nadia", "Teacher. Mostly birds."),
    Person("delta_daily", "The Delta Daily", "Local news from the delta."),
    Person("joss.k", "Joss K.", "Photographs of water."),
    Person("true_delta_voice", "True Delta Voice", "Telling what others hide."),
    Person("patriot.eye.01", "Patriot Eye", "Watching."),
    Person("hammer_of_truth", "Hammer", "New here."),
    Person("concerned_9914", "Concerned", "Joined this week."),
    Person("delta.first.77", "Delta First", "Joined this week."),
    Person(
        TEST_ACCOUNT, "Test account", "Belongs to nobody. The contract's own test acts on it.", "", "t•••@post.example"
    ),
)

POSTS = (
    Post(
        "p-1001", "amina", 76, "The permit for the Lower Weir was signed two days before the hearing. Page 14, bottom."
    ),
    Post("p-1002", "amina", 51, "Forty people came to the well meeting tonight. Forty. In the rain."),
    Post(
        "p-1003",
        "amina",
        28,
        "Tomorrow I read out the names of the nine villages without water, in front of the ministry.",
    ),
    Post("p-1004", "nadia.writes", 27, "I will be there. Bringing tea.", "p-1003"),
    Post("p-1005", "delta_daily", 25, "A hearing about the Lower Weir is planned for Thursday."),
    Post(
        "p-2001", "true_delta_voice", 9.2, "Who pays her? Ask who pays her. Foreign money and foreign lies.", "p-1003"
    ),
    Post("p-2002", "patriot.eye.01", 9.1, "Traitor. We know the blue door and the street behind the mill.", "p-1003"),
    Post("p-2003", "hammer_of_truth", 9.0, "Nine villages? Nine people will come to visit you.", "p-1003"),
    Post("p-2004", "concerned_9914", 8.9, "Who pays her? Ask who pays her. Foreign money and foreign lies.", "p-1003"),
    Post("p-2005", "delta.first.77", 8.8, "Somebody should stop her before Thursday.", "p-1003"),
    Post("p-2006", "patriot.eye.01", 8.5, "She walks home at six. Alone.", "p-1003"),
    Post("p-1006", "joss.k", 6, "The weir at first light. No words today."),
    Post(TEST_POST, TEST_ACCOUNT, 2, "A post that belongs to nobody."),
)

DEVICES = (
    Device("amina-phone", "amina", "Amina's phone", "Delta province", 1),
    Device("amina-laptop", "amina", "Amina's laptop", "Delta province", 19),
    Device("stranger-desktop", "amina", "Desktop computer, never seen before", "Another country", 6.4, stranger=True),
    Device("test-phone", TEST_ACCOUNT, "A phone", "Nowhere", 1),
    Device("test-laptop", TEST_ACCOUNT, "A laptop", "Nowhere", 2),
)

APPS = (
    Device("amina-planner", "amina", "Evening Planner", "Delta province", 900),
    Device("stranger-backup", "amina", "Full Backup Export", "Another country", 6.3, stranger=True),
    Device("test-app", TEST_ACCOUNT, "An app", "Nowhere", 3),
)

FOLLOWS = (
    ("nadia.writes", "amina"), ("delta_daily", "amina"), ("joss.k", "amina"), ("harbour.helpline", "amina"),
    ("true_delta_voice", "amina"), ("patriot.eye.01", "amina"),
    ("amina", "nadia.writes"), ("amina", "delta_daily"), ("amina", "harbour.helpline"),
    ("joss.k", TEST_ACCOUNT),
)  # fmt: skip
