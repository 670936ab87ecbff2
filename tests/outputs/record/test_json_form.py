"""Every JSON file of ours follows its released schema and is read with care."""

import json

import jsonschema
import pytest

from outputs.record.episode_record import RECORD_FORM
from outputs.record.json_form import SCHEMAS, JsonForm
from outputs.record.manifest import MANIFEST_FORM
from outputs.site.catalogue import INDEX_FORM, SHOW_FORM, ShowCatalogue
from podcast.errors import BadInputError, InvariantError

FORMS = (RECORD_FORM, MANIFEST_FORM, SHOW_FORM, INDEX_FORM)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_released_schema_is_the_schema_of_the_type(form: JsonForm[object]) -> None:
    released = json.loads(form.schema_file.read_text(encoding="utf-8"))

    jsonschema.Draft202012Validator.check_schema(released)
    assert released == form.json_schema()


def test_every_released_schema_belongs_to_a_form() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == {form.schema_name for form in FORMS}


def test_what_breaks_its_schema_is_not_written() -> None:
    broken = ShowCatalogue(1, 7, ())  # type: ignore[arg-type]  what the test is about

    with (
        pytest.warns(UserWarning, match="serializ"),
        pytest.raises(InvariantError, match=r"breaks its schema at \$\.show: 7 is not"),
    ):
        SHOW_FORM.dump(broken)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"{}", "x.json is no catalogue of a show"),
        (b"\xff", "x.json is no catalogue of a show"),
        (b'{"schema_version": 9, "show": "", "episodes": []}', "schema version 9"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        SHOW_FORM.parse(data, "x.json")
