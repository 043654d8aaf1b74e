"""The lint for plain words finds what it should find, and nothing else."""

from dataclasses import replace

import pytest
from plain import code, program
from plain.blocks import blocks_of, inline_blocks
from plain.course import course_of, places
from plain.formulas import symbols_of
from plain.glossary import EARLY, MISSING, UNKNOWN, Gap, gaps, load_glossary
from plain.rules import TOO_LONG, load_rules, violations
from plain.sentences import Lengths, sentences_of, split
from plain.texts import DOCUMENT, HINT, Text, all_texts

pytestmark = pytest.mark.instructor
RULES, GLOSSARY = load_rules(), load_glossary()


def hint(text):
    return Text("a.py", HINT, "a", 1, text)


def rules_broken(text):
    return [each.rule for each in violations([hint(text)])]


@pytest.mark.parametrize("word", RULES.words, ids=lambda word: word.name)
def test_each_rule_finds_its_bad_examples_and_not_its_good_ones(word):
    assert word.why.endswith((".", "?"))
    assert word.bad
    assert word.good
    assert [each for each in word.bad if word.name not in rules_broken(each)] == []
    assert [each for each in word.good if word.name in rules_broken(each)] == []


def test_each_word_is_listed_once():
    names = [each.name for each in RULES.words]
    assert len(set(names)) == len(names) > 30


def test_forty_words_are_allowed_and_forty_one_are_not():
    assert rules_broken("One " + "more " * 38 + "word.") == []
    assert rules_broken("One " + "more " * 39 + "word.") == [TOO_LONG]
    assert rules_broken(f"One {'more ' * 30}`a b` $c + d$ {{e}} and {'more ' * 4}words.") == []


def test_code_formulas_and_quotes_are_not_checked():
    told = 'It is `mend` or $mend$, and Python says "cannot mend a thing of its own".'
    assert rules_broken(told) == []
    fenced = Text("a.md", DOCUMENT, "a", 1, f"So:\n\n```\n{'mend ' * 50}\n```\n\n    mend\n\n<!-- mend -->\n")
    assert violations([fenced]) == []
    assert rules_broken(told.replace("`", "")) == ["mend"]


def test_a_violation_says_where_it_is():
    (each,) = violations([Text("a.md", DOCUMENT, "a", 3, "# Head\n\nFine.\n\nMend it.\n")])
    assert str(each) == "a.md:7: mend: Mend it."


PROGRAM = """
# %% [markdown]
# Mend one.
# %%
x = f"Run `make {a}` and mend `{b}` now"
y = "Please men" + "d three " + z
# noqa: it is an order
# So we mend four.
class A:
    \'\'\'We mend five.\'\'\'
    b = 1
    \'\'\'We mend six.\'\'\'
    async def test_we_mend_seven(self): ...
"""


def test_each_way_to_write_a_text_in_a_program_is_read(tmp_path):
    """The text cells of a notebook are read as Markdown, so here they are left out."""
    path = tmp_path / "a.py"
    path.write_text(PROGRAM)
    found = {*code.strings(path), *program.told(path, is_hint=False)}
    told = "\n".join(text for _, _, text in found if "mend" in rules_broken(text))
    words = ["one", "now", "three", "four", "five", "six", "seven"]
    assert [each for each in words if each in told] == words[1:]


def test_amounts_of_money_are_no_formula():
    assert rules_broken("It costs $5, we mend it for $6.") == ["mend"]


def test_a_sentence_about_a_term_does_not_introduce_it():
    course = changed("gaussian-mixture", FIRST, f"{FIRST}\n\n**Note that each cluster is a group.**")
    assert Gap(EARLY, "gaussian-mixture", FIRST[3:], "cluster") in new_gaps(course)


# --- sentences ---


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("Some, e.g. The Times, cf. Fig. 3 here.", ["Some, e.g. The Times, cf. Fig. 3 here."]),
        ("It is 3.5 of 4. k-means stops.", ["It is 3.5 of 4.", "k-means stops."]),
        ('He says "no." Then he goes.', ['He says "no."', "Then he goes."]),
        ("2. Must a density stay below 1?", ["2. Must a density stay below 1?"]),
        ("Of file.py and a.b it is said.", ["Of file.py and a.b it is said."]),
    ],
)
def test_a_text_is_split_at_the_ends_of_sentences(text, sentences):
    assert split(text) == sentences


def test_list_items_cells_and_headings_end_a_sentence():
    text = "# Head\n\n- one\n- two\n  lines\n\n| a | b |\n|---|---|\n| `c` d | e |\n\n> said\n"
    told = sentences_of(blocks_of(text))
    assert [str(each) for each in told] == ["Head", "one", "two lines", "a", "b", "`…` d", "e", "said"]
    assert [each.line for each in told] == [0, 2, 3, 6, 6, 8, 8, 10]


def test_details_and_pictures_are_read():
    asked = "<details><summary>1. What is\n<code>x</code>?</summary>A *number*.\n</details>"
    text = f"{asked}\n\n![A curve.](a.png)\n"
    assert [str(each) for each in sentences_of(blocks_of(text))] == [
        "1. What is `…`?",
        "A number.",
        "A curve.",
    ]


def test_a_hint_begins_no_list_and_keeps_its_lines():
    told = sentences_of(inline_blocks("One.\n\n- 3 is less\nthan 4.\n"))
    assert [(str(each), each.line) for each in told] == [("One.", 0), ("- 3 is less than 4.", 2)]


def test_lengths_count_words():
    told = sentences_of(inline_blocks("One two three.\n\n" + "word " * 19 + "\n\n" + "word " * 29))
    assert Lengths.of(told) == Lengths(3, 19, 29, 2 / 3, 1 / 3)


# --- the glossary ---


def test_symbols_are_found_in_formulas():
    formula = r"r_{nk} = \frac{\pi_k\,\mathcal N(x_n \mid \mu)}{2N}^\top \text{if so}"
    assert " ".join(symbols_of(formula, {r"\frac", r"\mid"})) == r"r_ \pi_ \mathcal N x_ \mu N \top"


def changed(assignment, old, new):
    """Return the course with one text of an assignment changed."""
    cells = [each for each in all_texts() if each.file == f"solutions/{assignment}.py"]
    assert any(old in each.text for each in cells)
    told = [replace(each, text=each.text.replace(old, new, 1)) for each in cells]
    return {**course_of(), assignment: list(places(told))}


def new_gaps(course):
    return set(gaps(course, GLOSSARY)) - TODAY


TODAY = set(gaps(course_of(), GLOSSARY))
FIRST = "## How this notebook works"


@pytest.mark.parametrize(
    ("planted", "gap"),
    [
        ("Look at the purity.", (EARLY, "purity")),
        ("Each Responsibility is one.", (EARLY, "responsibility")),
        ("Here $r_{ij}$ is a share.", (EARLY, "r_{nk}")),
        ("Here $\\zeta$ is a share.", (UNKNOWN, "\\zeta")),
    ],
)
def test_a_term_or_a_symbol_that_is_used_too_early_is_found(planted, gap):
    kind, name = gap
    course = changed("gaussian-mixture", FIRST, f"{FIRST}\n\n{planted}")
    assert new_gaps(course) == {Gap(kind, "gaussian-mixture", FIRST[3:], name)}


def test_code_and_terms_that_are_known_before_are_never_too_early():
    planted = "The mean of `purity`, a density, and `r_nk`."
    assert new_gaps(changed("gaussian-mixture", FIRST, f"{FIRST}\n\n{planted}")) == set()


def test_a_missing_introduction_is_found():
    (entry,) = (each for each in GLOSSARY.entries if each.name == "Mahalanobis distance")
    text = next(
        each.text
        for each in all_texts()
        if each.file == f"solutions/{entry.assignment}.py" and "*Mahalanobis" in each.text
    )
    course = changed(entry.assignment, text, text.replace("*", ""))
    assert Gap(MISSING, entry.assignment, entry.section, entry.name) in new_gaps(course)
