"""results.jsonl: each line fits the schema of its version, and lines of other versions stop nothing."""

import json

import pytest
from jsonschema import Draft202012Validator
from ours import ROOT
from test_report import CLASS, html, text_of, write

from grading.run.journal import STRANGE, add_record, read_records, write_records
from grading.run.schema import FILE, SCHEMA
from grading.status import Status, SubmissionStatus

pytestmark = pytest.mark.instructor
TOLD = json.loads(FILE.read_text(encoding="utf-8"))
QUESTION = TOLD["$defs"]["question"]["properties"]


def test_the_schema_is_valid_and_has_every_status():
    Draft202012Validator.check_schema(TOLD)
    assert TOLD["properties"]["schema"]["const"] == SCHEMA
    assert TOLD["properties"]["status"]["enum"] == list(SubmissionStatus)
    on_pages = (Status.BY_HAND, Status.DROPPED, Status.FULL_MARKS)
    assert QUESTION["status"]["enum"] == [each for each in Status if each not in on_pages]


def test_the_document_names_every_field():
    text = (ROOT / "docs" / "results.md").read_text(encoding="utf-8")
    fields = {*TOLD["properties"], *QUESTION, *QUESTION["cell"]["properties"]}
    assert {name for name in fields if f"`{name}`" not in text} == set()


LINE = {"student": "ada", "assignment": "x", "status": "graded"}


def test_a_line_is_written_with_the_version_of_its_schema(tmp_path):
    assert add_record(tmp_path, LINE) == {"schema": SCHEMA, **LINE}
    assert read_records(tmp_path) == {("x", "ada"): {"schema": SCHEMA, **LINE}}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"status": "done"}, "status: 'done' is not one of"),
        ({"questions": {"q": {"status": "timelimit", "mark": 0, "max": 1}}}, "questions.q.status: "),
        ({"questions": {"q": {"status": "by hand", "mark": 0, "max": 1}}}, "questions.q.status: "),
        ({"marks": 3}, "the whole: Additional properties are not allowed"),
        ({"total": "3"}, "total: '3' is not of type"),
    ],
)
def test_a_record_that_does_not_fit_is_an_error_where_it_is_written(tmp_path, wrong, says):
    with pytest.raises(ValueError, match=f"this is no line of results.jsonl: {says}"):
        add_record(tmp_path, LINE | wrong)
    assert read_records(tmp_path) == {}


def test_lines_of_another_version_are_not_changed(tmp_path):
    other = LINE | {"schema": 7, "status": "done"}
    write(tmp_path, [LINE, other | {"student": "bob"}])
    write_records(tmp_path, read_records(tmp_path))
    assert list(read_records(tmp_path).values()) == [LINE, other | {"student": "bob"}]


def test_a_line_of_another_version_does_not_replace_one_of_this_version(tmp_path):
    """So the grader loses nothing that it knows of a submission. The other line is kept as well."""
    other = LINE | {"schema": 7, "status": "done"}
    write(tmp_path, [LINE, other])
    assert list(read_records(tmp_path).values()) == [LINE]
    write_records(tmp_path, read_records(tmp_path))
    assert (tmp_path / STRANGE).read_text() == json.dumps(other) + "\n"
    write(tmp_path, [other, LINE])
    assert list(read_records(tmp_path).values()) == [LINE]


def test_a_line_without_a_version_is_read_as_the_current_version(tmp_path):
    """Lines had no version before there was a schema."""
    before = html(write(tmp_path / "before", CLASS))
    assert html(write(tmp_path / "today", [{"schema": SCHEMA, **each} for each in CLASS])) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"status": "done"},
            "It has the status 'done', which this version of the grader does not know;",
        ),
        (
            {"schema": 2},
            "wrote its line in results.jsonl (schema 2, but this version reads 1);",
        ),
    ],
)
def test_a_line_of_another_version_waits_for_a_person(tmp_path, change, says):
    page = text_of(html(write(tmp_path, [*CLASS, CLASS[0] | {"student": "zoe"} | change])))
    assert says in page
    assert "8 submissions: 4 graded, 1 repaired, 1 limit hit, 1 cannot be read;" in page
    assert "2 submissions that could not be marked" in page


def test_a_question_of_another_version_counts_and_is_reported(tmp_path):
    questions = {name: dict(each) for name, each in CLASS[0]["questions"].items()}
    questions["test-EM"]["status"] = "disk limit"
    page = text_of(html(write(tmp_path, [*CLASS[1:], CLASS[0] | {"questions": questions}])))
    assert "A question has the status 'disk limit', which this version of the grader does not know;" in page
    assert "EM 50% 33% 17%" in page
