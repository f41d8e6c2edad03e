"""What everything that a program sends has in common: no unknown field, no control signs, a length."""

from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

# No control signs: they carry nothing for a reader, and databases differ in which of them they take.
Words = Annotated[str, Field(pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
Short = Annotated[Words, Field(max_length=200)]
Country = Annotated[str, Field(pattern="^([A-Z]{2})?$")]
Language = Annotated[str, Field(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$", max_length=12)]


class Taken(Schema):
    """Something a program sends. Fields we do not know are refused, so that a misspelt one is never lost."""

    model_config = ConfigDict(extra="forbid")
