"""The contract's JSON Schemas, as published, and the checks made with them."""

import json
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator

VERSION = "v1"


@cache
def schema(name: str) -> dict[str, Any]:
    """Return one published schema by its name, such as ``act-order``."""
    file = resources.files(__name__) / VERSION / f"{name}.schema.json"
    loaded: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return loaded


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name))


def faults(name: str, value: object) -> list[str]:
    """Return where a value departs from a schema, as ``place: what``; never the value itself, which is content."""
    errors = sorted(_validator(name).iter_errors(value), key=lambda error: list(error.absolute_path))
    return [f"{'/'.join(str(part) for part in error.absolute_path) or 'body'}: {error.validator}" for error in errors]
