"""The JSON files of ours: each has a type, a released JSON Schema and a version."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from podcast.errors import BadInputError, InvariantError

SCHEMAS = Path(__file__).with_name("schemas")
DRAFT = "https://json-schema.org/draft/2020-12/schema"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class JsonForm(Generic[T]):
    """How values of one type are written as JSON and read back.

    Attributes:
        type: A frozen dataclass with a field `schema_version`.
        name: What a file of it is called in messages, such as "episode record".
        schema_name: File of the released schema in `SCHEMAS`.
        version: The one that this program writes and reads.
    """

    type: type[T]
    name: str
    schema_name: str
    version: int

    @property
    def schema_file(self) -> Path:
        """The released schema, which also lies in every published folder."""
        return SCHEMAS / self.schema_name

    def dump(self, value: T) -> bytes:
        """Write a value, checked against the released schema.

        Raises:
            InvariantError: The value does not follow it.
        """
        document = _adapter(self).dump_python(value, mode="json")
        for error in _validator(self).iter_errors(document):
            place = _place(error.instance_path)
            raise InvariantError(f"The {self.name} breaks its schema at {place}: {error.message}")
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()

    def parse(self, data: bytes, where: str) -> T:
        """Read a value.

        Args:
            data: The JSON text.
            where: What to call the file in a message.

        Raises:
            BadInputError: This is something else, or of another version.
        """
        from pydantic import ValidationError

        try:
            value: T = _adapter(self).validate_json(data)
        except ValidationError as error:
            first = error.errors()[0]
            place = f"at {_place(first['loc'])}: " if first["loc"] else ""
            raise BadInputError(f"{where} is no {self.name}: {place}{first['msg']}.") from error
        version = getattr(value, "schema_version")  # noqa: B009  of any of our types
        if version != self.version:
            raise BadInputError(
                f"{where} has schema version {version}; this program reads version {self.version}."
            )
        return value

    def json_schema(self) -> dict[str, Any]:
        """Derive the JSON Schema from the type; `schema_file` holds the released one."""
        schema: dict[str, Any] = _adapter(self).json_schema(mode="serialization")
        return {"$schema": DRAFT, **schema}


def _place(path: Iterable[str | int]) -> str:
    return "$" + "".join(f"[{p}]" if type(p) is int else f".{p}" for p in path)


@cache
def _adapter(form: JsonForm[Any]) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(form.type)


@cache
def _validator(form: JsonForm[Any]) -> Any:
    # Its speed counts: a list of thousands of episodes is checked at each publication.
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(json.loads(form.schema_file.read_text(encoding="utf-8")))
