"""Whatever the rules refuse with can be translated: each of their sentences is marked in the console's list."""

import ast
from collections.abc import Iterator
from pathlib import Path

import safeconduct
from safeconduct.web.console.refusals import SENTENCES

ROOT = Path(safeconduct.__file__).parent
ROOMS = ("domains/cases", "domains/remedy", "domains/safety", "domains/defenders", "domains/demands")
# Met by reporters, partners or the operator only: they have words of their own.
NOT_STAFFS = (
    "partner.",
    "code.",
    "door.",
    "report.",
    "channel.",
    "form.",
    "files.gone",
    "account.not-named",
    "message.files-wait",
)
APPELLANTS = ("appeal.nothing-decided", "appeal.nothing-new", "appeal.too-late", "appeal.under-way")


def test_every_sentence_of_the_rules_is_marked_for_translators() -> None:
    said = {sentence for code, sentence in refusals(*ROOMS) if not code.startswith((*NOT_STAFFS, *APPELLANTS))}

    assert said - SENTENCES == set()
    assert len(said) > 20


def refusals(*rooms: str) -> Iterator[tuple[str, str]]:
    """Yield each refusal written in these rooms: its code and its sentence."""
    files = [file for room in rooms for file in (ROOT / room).rglob("*.py")]
    for file in files:
        functions = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)]
        for function in functions:
            yield from _in(function)


def _in(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Find ``Refused(code, sentence)``, the sentence written out or named just before."""
    named = {
        node.targets[0].id: node.value.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _is_text(node.value)
    }
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Refused", "Unavailable"}:
            code, sentence = node.args[0], node.args[1]
            text = sentence.value if _is_text(sentence) else named.get(getattr(sentence, "id", ""), "")
            if _is_text(code) and text:
                yield code.value, text


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
