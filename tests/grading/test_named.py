"""Names of students.csv are written into the gradebook, unless somebody has typed a name there."""

import pytest
from nbgrader.api import Gradebook

import grading.doors.nbgrader_api  # noqa: F401  (so that nbgrader finds alembic)
from grading.run.named import first_and_last, name_students

pytestmark = pytest.mark.instructor


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada King Lovelace", ("Ada King", "Lovelace")),
        ("King Lovelace, Ada", ("Ada", "King Lovelace")),
        ("Plato", ("", "Plato")),
        (" Zoë  Ǧ ", ("Zoë", "Ǧ")),
    ],
)
def test_a_name_is_split_into_first_and_last_name(name, parts):
    assert first_and_last(name) == parts


def test_only_students_without_a_name_get_one(tmp_path):
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}", "course") as book:
        book.add_student("ada")
        book.add_student("bob", first_name="Bobby")
        book.add_student("cyd")
        name_students(book, [{"student": "ada", "name": "'=Ada L"}, {"student": "bob", "name": "Bob Ross"}])
        found = {each.id: (each.first_name, each.last_name) for each in book.students}
    assert found == {"ada": ("=Ada", "L"), "bob": ("Bobby", None), "cyd": (None, None)}
