"""Plain words: texts for people keep the rules, and use no term before it is introduced."""

import re

import pytest
from ours import COURSE, LESSONS
from plain.__main__ import main
from plain.course import course_of
from plain.glossary import EARLY, MISSING, Gap, load_glossary
from plain.not_yet import NOT_YET, NotYet, shrink
from plain.rules import TOO_LONG, load_rules, violations
from plain.texts import all_texts

from grading.texts.collect import messages_of
from release.sources import ORDER

pytestmark = pytest.mark.instructor
RULES, GLOSSARY = load_rules(), load_glossary()
COMPUTED = ("its name", "a case", "why an answer is wrong", "a cell for an answer in words")


@pytest.fixture(scope="module")
def found():
    return NotYet.found()


# --- the course ---


def test_no_text_breaks_a_rule_that_is_not_listed(found):
    new = found.without(NotYet.listed())
    told = [
        f"{each}\n    {RULES.advice(each.rule)}"
        for each in violations(text for text in all_texts() if text.file in new.rules)
        if each.rule in new.rules[each.file]
    ]
    assert not told, "\n".join(told)
    assert not new.gaps, "\n".join(map(str, sorted(new.gaps)))


def test_every_entry_of_the_list_is_still_true(found):
    gone = NotYet.listed().without(found)
    assert gone == NotYet(), f"run `.venv/bin/python tests/plain --shrink`; this is repaired:\n{gone}"


def test_the_list_has_the_form_that_the_command_writes(tmp_path):
    NotYet.listed().write(tmp_path / "list.toml")
    assert NOT_YET.read_bytes() == (tmp_path / "list.toml").read_bytes()


def test_every_sentence_that_students_can_read_is_checked():
    """The collector for translators runs the course, but the lint reads its files. They must agree."""
    seen = {" ".join(each.split()) for text in all_texts() for each in re.split(r"\n\s*\n", text.text)}
    told = [each for messages in messages_of(COURSE).values() for each in messages]
    missing = [
        each for each in told if len(words := each.sentence.split()) > 2 and " ".join(words) not in seen
    ]
    assert len(told) > 2000
    assert [each for each in missing if not each.about.endswith(COMPUTED)] == []
    assert len(missing) < 30


def test_each_kind_of_text_is_found():
    kinds = {text.kind for text in all_texts()}
    assert kinds == {"notebook", "hint", "trial", "rubric", "sentence", "document", "help", "program"}
    files = {text.file for text in all_texts()}
    assert {"README.md", "docs/policies.md", "solutions/symbols.md", "explorer/words.py"} <= files
    assert {"helpers/laws.py", "checks/errors.py", "grading/commands/policy.py"} <= files
    assert not [each for each in files if ".de." in each]


def test_the_glossary_is_about_this_course():
    assert set(ORDER) == set(LESSONS)
    every = [place for told in course_of().values() for place in told]
    unused = [
        each.name for each in GLOSSARY.entries if not any(each.is_in(p, GLOSSARY.notation) for p in every)
    ]
    assert unused == [], "no notebook uses these: take them out of tests/plain/glossary.toml"


def test_the_table_of_symbols_and_the_glossary_agree():
    """The last column of symbols.md says which assignment introduces a symbol."""
    (table,) = (text for text in all_texts() if text.file == "solutions/symbols.md")
    cells = [block for block in table.blocks if block.kind == "cell"]
    rows = [cells[n : n + 4] for n in range(4, len(cells), 4)]
    homes = {each.name: each.assignment for each in GLOSSARY.entries if each.words}
    both = {first.text: last.text for first, _, _, last in rows if first.text in homes}
    assert len(both) > 8
    assert both == {name: homes[name] for name in both}


# --- what is not yet rewritten ---

ONE, TWO = Gap(EARLY, "a", "1", "x"), Gap(MISSING, "b", "How", r"\mu_k")


def test_the_list_is_read_as_it_was_written(tmp_path):
    told = NotYet({"a.md": frozenset({"mend", TOO_LONG}), "b.md": frozenset({"mend"})}, frozenset({ONE, TWO}))
    told.write(path := tmp_path / "list.toml")
    assert NotYet.listed(path) == told
    less = NotYet({"a.md": frozenset({"mend"})}, frozenset({ONE}))
    assert told.both(less) == less.both(told) == less
    assert less.without(told) == NotYet()
    assert told.without(less) == NotYet(
        {"a.md": frozenset({TOO_LONG}), "b.md": frozenset({"mend"})}, frozenset({TWO})
    )


def test_the_list_only_shrinks(tmp_path):
    file, rules = "c.md", frozenset({"mend", TOO_LONG})
    found = NotYet({file: rules, "d.md": frozenset({"mend"})}, frozenset({ONE}))
    listed = NotYet({file: rules | {"no such rule"}, "gone.md": frozenset({"mend"})}, found.gaps | {TWO})
    listed.write(path := tmp_path / "list.toml")
    assert shrink(found, path) == NotYet(
        {file: frozenset({"no such rule"}), "gone.md": frozenset({"mend"})}, {TWO}
    )
    assert NotYet.listed(path) == NotYet({file: rules}, found.gaps)


def test_the_command_shows_one_file(capsys):
    code = main(["solutions/symbols.md"])
    shown = capsys.readouterr().out
    assert re.search(r"\d+ sentences, median [\d.]+ words, longest \d+; over 18 words [\d.]+%", shown)
    assert code == bool(violations(each for each in all_texts() if each.file == "solutions/symbols.md"))
    with pytest.raises(SystemExit, match="No text that people read was found in LICENSE"):
        main(["LICENSE"])
