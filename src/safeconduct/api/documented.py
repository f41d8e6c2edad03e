"""What the document says of every address alike: the problems it can answer with, and the key of what is sent."""

from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.params.functions import Header

from safeconduct.api.problems import MEDIA_TYPE, Problem

PREFIX = "/api/v1/"
_READING = (400, 401, 403, 404, 409, 422, 429, 500, 503)
ALWAYS: dict[int, Any] = dict.fromkeys(_READING, Problem)
WRITING: dict[int, Any] = dict.fromkeys((*_READING, 413), Problem)


def idempotency_key(sent: str) -> Any:  # noqa: ANN401 - as ninja types its headers
    """Ask for the program's own key, under which the same thing sent again is taken once."""
    return Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        pattern=r"^[!-~]+$",
        description=f"Yours, one for each {sent} or message. Sent again, it is the same {sent} and the same answer.",
    )


class PartnerAPI(NinjaAPI):
    """HTTP v1. Its document gives problems their own media type."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name that generated clients give the call."""
        return operation.view_func.__name__

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:  # noqa: ANN401 - ninja's signature
        """Return the document of HTTP v1."""
        document = super().get_openapi_schema(path_prefix=path_prefix or PREFIX, path_params=path_params)
        for methods in document["paths"].values():
            for operation in methods.values():
                _name_problems(operation["responses"])
        return document


def _name_problems(responses: dict[int, dict[str, Any]]) -> None:
    for status, response in responses.items():
        if int(status) >= HTTPStatus.BAD_REQUEST:
            (schema,) = response["content"].values()
            response["content"] = {MEDIA_TYPE: schema}
