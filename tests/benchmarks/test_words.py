"""It is measured how hard texts are to read, now and in an earlier revision."""

import pytest
from plain.sentences import Lengths, Sentence
from plain.texts import DOCUMENT, HINT, NOTEBOOK, SENTENCE, Text, written_texts

from benchmarks.words import BEFORE, Figures, figures, group, lix, readable, table, write_revision

pytestmark = pytest.mark.instructor


def test_texts_are_measured_by_notebook_assignment_and_document():
    places = {
        ("solutions/image-clusters.py", NOTEBOOK): "solutions/image-clusters.py",
        ("exercises/image_clusters/mistakes/purity.py", HINT): "image-clusters: hints",
        ("docs/hub.md", DOCUMENT): "docs/hub.md",
        ("checks/errors.py", SENTENCE): "",
    }
    assert {place: group(Text(*place, "a", 1, "b")) for place in places} == places


def test_large_counts_are_rounded_and_small_ones_are_not():
    assert Figures(Lengths(934, 10.5, 45, 0.116, 0.005), 26.4).cells() == ["930", "10", "45", "12", "0", "26"]
    assert Figures(Lengths(93, 11, 45, 0.115, 0.015), 26.6).cells() == ["93", "11", "45", "12", "2", "27"]


def test_a_text_that_is_new_or_gone_has_one_figure():
    one = Figures(Lengths(3, 2, 4, 0, 0), 20)
    rows = table({"a.md": one, "b: hints": one}, {"a.md": one, "c.md": one}, "abc").splitlines()
    assert rows[2:5] == [
        "| `a.md` | 3 → 3 | 2 → 2 | 4 → 4 | 0 → 0 | 0 → 0 | 20 → 20 |",
        "| `c.md` | - → 3 | - → 2 | - → 4 | - → 0 | - → 0 | - → 20 |",
        "| b: hints | 3 → - | 2 → - | 4 → - | 0 → - | 0 → - | 20 → - |",
    ]
    assert "`abc`" in rows[-1]


def test_dots_within_a_sentence_do_not_end_it():
    assert readable("At 3.5 e.g. \ue000 and {value:.1f}, why?") == "At 35 eg x and x, why"


def test_an_unknown_revision_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="git cannot read revision no-such here"):
        write_revision("no-such", tmp_path)


@pytest.mark.long  # textstat loads many modules, and an old revision is written to disk
def test_an_earlier_revision_is_measured(tmp_path):
    write_revision(BEFORE, tmp_path)
    then = figures(written_texts(tmp_path))
    assert then["solutions/when-em-fails.py"].lengths.longest == 45
    assert set(then) >= {"README.md", "docs/hub.md", "gaussian-mixture: hints", "when-em-fails: trials"}


@pytest.mark.long
def test_lix_is_words_per_sentence_plus_the_share_of_long_words():
    told = [Sentence("The cat sat here."), Sentence("Responsibilities at 3.5 are small.")]
    assert lix(told) == pytest.approx(9 / 2 + 100 / 9)
