"""Texts for students in other words: catalogues are kept up to date, checked, and used."""

import pytest
from babel.messages.pofile import read_po, write_po
from ours import COURSE
from second import SecondCourse

from checks.texts import add_texts, say, speaking
from grading.course import load_course
from grading.texts.catalogues import Flaw, flaws, update
from grading.texts.collect import COMMON, Sentence, messages_of, once
from grading.texts.lists import Shelf, chosen_names
from grading.texts.twins import fingerprint, twin_flaws

pytestmark = pytest.mark.instructor
OLD, NEW = "Your means are wrong, all of {count}.", "Your means are wrong: all of {count}."


def catalogue(path, *sentences):
    update(path, "de", [Sentence(each) for each in sentences])
    with path.open("rb") as file:
        return read_po(file, locale="de")


def translate(path, sentence, said):
    made = catalogue(path, sentence)
    made.get(sentence).string = said
    with path.open("wb") as file:
        write_po(file, made)


def found_in(path, *sentences):
    return [each.flaw for each in flaws(path, "de", once(Sentence(each) for each in sentences))]


@pytest.fixture
def path(tmp_path):
    translate(tmp_path / "own.po", OLD, "Falsch, alle {count}.")
    return tmp_path / "own.po"


def test_after_a_corrected_comma_the_translation_is_kept_and_listed_as_outdated(path):
    assert catalogue(path, NEW).get(NEW).string == "Falsch, alle {count}."
    assert found_in(path, NEW) == [Flaw.OUTDATED]


def test_a_new_sentence_has_no_translation_and_a_restored_one_has_it_again(path):
    assert not catalogue(path, "Look at the shape.").get("Look at the shape.").string
    assert found_in(path, "Look at the shape.") == [Flaw.MISSING]
    assert catalogue(path, OLD).get(OLD).string == "Falsch, alle {count}."
    assert found_in(path, OLD) == []


def test_a_new_sentence_does_not_take_the_translation_of_one_still_in_use(path):
    assert not catalogue(path, OLD, NEW).get(NEW).string


def test_other_fields_make_a_translation_broken(path):
    translate(path, OLD, "Falsch, alle {number}.")
    assert found_in(path, OLD) == [Flaw.FIELDS]
    assert [each for each in Flaw if each.is_broken] == [Flaw.FIELDS, Flaw.CODE]


def test_our_german_is_not_broken():
    """Missing and outdated translations are only listed.

    Somebody who corrects a comma need not know German.
    """
    shelf = Shelf.of(COURSE, "de", chosen_names(COURSE, "de"))
    assert [str(each) for each in shelf.findings() if each.flaw.is_broken] == []


@pytest.mark.long
def test_our_german_is_complete():
    assert Shelf.of(COURSE, "de", ["gaussian-mixture"]).findings() == []


def test_a_source_in_another_language_has_the_same_code(tmp_path):
    course = SecondCourse(tmp_path).root
    english = (course / "solutions" / "straight-lines.py").read_text(encoding="utf-8")
    twin, assignment = course / "solutions" / "straight-lines.de.py", load_course(course).assignments()[0]
    text = "# Straight lines"
    cell = f'# %% [markdown] english="{fingerprint(text)}"\n# # Gerade'
    german = english.replace(f"# %% [markdown]\n# {text}", cell, 1)
    twin.write_text(german, encoding="utf-8")
    assert list(twin_flaws(assignment, "de")) == []
    other = german.replace("n - 2", "n-2, mit Absicht").replace("slope = None", "slope = 0")
    twin.write_text(other, encoding="utf-8")
    assert [each.flaw for each in twin_flaws(assignment, "de")] == [Flaw.OUTDATED, Flaw.CODE]
    assignment.source.write_text(english.replace("# # Straight lines", "# # Lines"), encoding="utf-8")
    twin.write_text(german, encoding="utf-8")
    assert [each.flaw for each in twin_flaws(assignment, "de")] == [Flaw.OUTDATED]


def test_every_sentence_of_a_hint_and_of_the_code_is_collected():
    found = messages_of(COURSE)
    common = once(found[COMMON])
    assert {"✓ right", "it does not end", "component {k}"} <= set(common)
    own = once(found["gaussian-mixture"])
    sentence = "You divide every component's sum by the number of all points."
    assert own[sentence].about == "compute_means: divided by N: hint 1 of 3"
    assert own["that is the soft count. The weight is the soft count divided by the number of points"].secret


@pytest.fixture(scope="module")
def other_words(tmp_path_factory):
    """Return a course that has one sentence in other words, in English."""
    made = SecondCourse(tmp_path_factory.mktemp("words"))
    made.grading("texts", "en")
    path = made.root / "texts" / "en" / "straight-lines.po"
    sentence = "You return the slope first. The docstring asks for the intercept first."
    text = path.read_text(encoding="utf-8")
    assert f'msgid "{sentence}"\nmsgstr ""' in text
    other = text.replace(f'"{sentence}"\nmsgstr ""', f'"{sentence}"\nmsgstr "Intercept first!"')
    path.write_text(other, encoding="utf-8")
    made.grading("build")
    return made


@pytest.mark.long
def test_a_sentence_in_the_course_s_own_words_is_on_the_page(other_words):
    exchanged = "def fit_line(x, y):\n    return np.polyfit(x, y, 1)"
    other_words.hand_in("ada", fit_line=exchanged)
    other_words.grading("run", "straight-lines")
    page = other_words.feedback("ada")
    assert "Intercept first!" in page
    assert "The code that calls your function uses the first number as the intercept." in page


def test_a_language_without_texts_is_refused(tmp_path):
    made = SecondCourse(tmp_path)
    (made.root / "course.toml").write_text('language = "fr"\n', encoding="utf-8")
    assert "python -m grading texts fr" in made.grading("build", code=1)


def test_say_falls_back_to_english(tmp_path):
    add_texts(tmp_path)
    with speaking("xx"):
        assert say("{name} is empty", name="x") == "x is empty"
