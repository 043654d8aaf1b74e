"""policies.toml: errors in it are reported, and text that people wrote around policies is kept."""

import datetime

import pytest
from ours import COURSE, ROOT
from submissions.draft import NAME

from grading.policies.known import KnownNames
from grading.policies.policy import NO_POLICY, AttemptChoice, HandMark
from grading.policies.read import Policies, policies_of, read_policies
from grading.policies.write import (
    NotThere,
    add_name,
    edited,
    put_entry,
    remove_entry,
    remove_in_table,
    remove_name,
    remove_value,
    save,
    set_in_table,
    set_value,
    text_of,
)

pytestmark = pytest.mark.instructor
ROWS = [{"student": "ada", "login": "al123"}, {"student": "bob"}, {"student": "zoë"}]
KNOWN = KnownNames(COURSE, ROWS)
WHOLE = f"""
[{NAME}]
due = "2026-01-31 17:00:00 Europe/Berlin"
penalty = "10% a day"
dropped = ["quiz-loglik"]
full_marks = ["compute_means"]
points = {{EM = 15, "test-quiz-results" = 1.5}}
[[{NAME}.extension]]
student = "al123"
until = 2026-02-07T17:00:00+01:00
reason = "ill"
[[{NAME}.by_hand]]
student = "zoe\N{COMBINING DIAERESIS}"
question = "EM"
marks = 12
comment = "see me"
"""


def test_a_whole_file_is_read_with_names_as_people_write_them():
    policy = policies_of(WHOLE, KNOWN).of(NAME)
    assert policy.due.when == datetime.datetime(2026, 1, 31, 16)
    assert policy.due.written == "2026-01-31 17:00:00 Europe/Berlin"
    assert policy.dropped == ("test-quiz-loglik",)
    assert policy.full_marks == ("test-compute_means",)
    assert policy.points == {"test-EM": 15, "test-quiz-results": 1.5}
    assert policy.extensions["ada"].until.when == datetime.datetime(2026, 2, 7, 16)
    assert policy.by_hand == {("zoë", "test-EM"): HandMark(12, "see me")}
    assert policies_of(WHOLE, KNOWN).of("image-clusters") is NO_POLICY


WRONG = {
    "penalti = 1": "[<A>] has the key 'penalti', but there is no such policy; there are: penalty,",
    'due = "tomorrow"': "[<A>] due: 'tomorrow' is not a clear date and time. Write it as 2026-01-31",
    'due = "02.03.2026 17:00"': "due: '02.03.2026 17:00' is not a clear date and time",
    'due = "2026-01-31 17:00 CEST"': "due: '2026-01-31 17:00 CEST' is not a clear date and time",
    "due = 2026-01-31": "is not a clear date and time",
    "penalty = 10": "[<A>] penalty: 10 must be a text in quotes: the rule.",
    'penalty = "a lot"': "penalty: 'a lot' is not a rule. Write a rule such as",
    'dropped = "EM"': "dropped: 'EM' must be a list of questions",
    'dropped = ["EMM"]': "dropped: there is no question 'EMM'; there are: EM,",
    "due = 9999-12-31T23:59:59-10:00": "is not a clear date and time",
    "due = 0001-01-01T00:00:00+10:00": "is not a clear date and time",
    "due = 0005-01-01T00:00:00+10:00": "is not a clear date and time",
    'due = "2026-03-29 02:30:00 Europe/Berlin"': "For a time in the hour in which clocks change, write",
    'due = "2026-10-25 02:30:00 Europe/Berlin"': "is not a clear date and time",
    'due = "2026-01-31 17:00:00 localtime"': "is not a clear date and time",
    "points = 3": "points: 3 must be a table",
    "points = {EM = 3, test-EM = 5}": "a question is in the table twice, with and without 'test-'",
    'points = {EM = "3"}': "points: '3' must be a number, 0 or more, without quotes.",
    "points = {EM = -1}": "points: -1 must be a number, 0 or more",
    "points = {EM = nan}": "points: nan must be a number",
    "points = {EM = true}": "points: True must be a number",
    "points = {EM = 0}": "'test-EM' would have 0 points. If the question should not count,",
    'extension = "ada"': "[<A>] extension: write one entry for each student.",
    '[[<A>.extension]]\nstudent = "ada"': "[[<A>.extension]]: write either `until",
    '[[<A>.extension]]\nuntil = "2027-01-01 00:00"': "[[<A>.extension]]: the key 'student' is missing",
    '[[<A>.extension]]\nstudent = "add"\nno_penalty = true': "there is no student 'add'; there are: ada,",
    '[[<A>.extension]]\nstudent = "ada"\nno_penalty = 1': "write either",
    '[[<A>.extension]]\nstudent = "ada"\nreson = "x"': "it has the key 'reson'; there are: reason,",
    'due = "2026-01-31 17:00 UTC"\n[[<A>.extension]]\nstudent = "ada"\nuntil = "2026-01-31 16:00 UTC"': (
        "[<A>] extension: the date of ada is not later than the due date"
    ),
    '[[<A>.attempt]]\nstudent = "ada"\nuse = 1': "there is no attempts/ada/<A>/1/; no attempt is kept.",
    '[[<A>.by_hand]]\nstudent = "ada"\nquestion = "EM"\nmarks = 11': "ada would have 11. Write 10 or less.",
    '[[<A>.by_hand]]\nstudent = "ada"\nquestion = "EM"': "the key 'marks' is missing.",
    '[[<A>.by_hand]]\nstudent="ada"\nquestion="EM"\nmarks=1\n' * 2: (
        "[[<A>.by_hand]] number 2: there are two entries for ada, question test-EM: keep one of them."
    ),
}


@pytest.mark.parametrize("text", WRONG)
def test_an_error_is_reported_with_its_place(text):
    with pytest.raises(ValueError, match="Until then, nothing is marked") as raised:
        policies_of(f"[{NAME}]\n{text}".replace("<A>", NAME), KNOWN)
    assert WRONG[text].replace("<A>", NAME) in str(raised.value)


def test_all_errors_are_reported_together_including_unknown_assignments():
    text = f"[gausian-mixture]\n[{NAME}]\ndropped = ['x']\nfull_marks = ['y']\n[other]\n"
    with pytest.raises(
        ValueError, match="no assignment 'gausian-mixture'; there are: gaussian-mixture"
    ) as raised:
        policies_of(text, KNOWN)
    assert len(str(raised.value).splitlines()) == 5
    with pytest.raises(ValueError, match="policies.toml is not a valid TOML file: .*at line 2"):
        policies_of("[a]\nb = = 1", KNOWN)
    with pytest.raises(ValueError, match="must be a table"):
        policies_of(f'{NAME} = "x"', KNOWN)


def test_without_a_list_of_students_an_extension_may_come_before_the_work():
    text = f'[{NAME}]\n[[{NAME}.extension]]\nstudent = "new"\nno_penalty = true\n'
    assert policies_of(text, KnownNames(COURSE, (), ["ada"])).of(NAME).extensions["new"].no_penalty
    with pytest.raises(ValueError, match="there is no student 'new'"):
        policies_of(text, KNOWN)


def test_an_existing_attempt_can_be_chosen(tmp_path):
    (tmp_path / "attempts" / "ada" / NAME / "2").mkdir(parents=True)
    known = KnownNames(COURSE.at(tmp_path), ROWS)
    assert known.attempts(NAME, "ada") == [2]
    known = KnownNames(COURSE.at(tmp_path), ROWS)
    known.__dict__["assignments"] = [NAME]
    text = f'[{NAME}]\n[[{NAME}.attempt]]\nstudent = "ada"\nuse = 2\n'
    assert policies_of(text, known).of(NAME).attempts == {"ada": AttemptChoice(2)}


def test_a_course_without_the_file_has_no_policies(tmp_path):
    assert read_policies(tmp_path, KNOWN) == Policies()
    (tmp_path / "policies.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="not in UTF-8"):
        read_policies(tmp_path, KNOWN)


def same(one, other):
    return one == other


def same_in(key, one, other):
    return one == other


EDITS = [
    (set_value("due", "2026-01-31 17:00 UTC"), remove_value("due")),
    (add_name("dropped", "EM", same), remove_name("dropped", "EM", same)),
    (set_in_table("points", "EM", 3, same), remove_in_table("points", "EM", same)),
    (
        put_entry(
            "by_hand", {"student": "ada", "question": "EM"}, {"marks": 2, "comment": 'a "b" \\ ü'}, same_in
        ),
        remove_entry("by_hand", {"student": "ada", "question": "EM"}, same_in),
    ),
]
WRITTEN = f"""# mine
[{NAME}]   # the first
penalty = "10% a day" # agreed
# below
full_marks = [
  "compute_means", # a bad question
]

[[{NAME}.extension]]
student = "bob" # ill
no_penalty = true
"""


@pytest.mark.parametrize(("put", "take"), EDITS)
def test_text_around_policies_is_kept_and_an_undone_policy_leaves_no_trace(put, take):
    with_it = edited(WRITTEN, NAME, put)
    for remark in ("# mine", "# the first", "# agreed", "# below", "# a bad question", "# ill"):
        assert remark in with_it
    before = policies_of(WRITTEN, KNOWN)
    assert policies_of(with_it, KNOWN) != before
    assert policies_of(edited(with_it, NAME, take), KNOWN) == before
    with pytest.raises(NotThere):
        edited(WRITTEN, NAME, take)


FORMS = (
    '<A> = {dropped = ["EM"]}',
    '[<A>]\nby_hand = [{student = "bob", question = "EM", marks = 1}]',
    '[<A>]\nby_hand = [\n  {student = "ada", question = "EM", marks = 1}, # see me\n]',
    '"<A>" = {by_hand = [{student = "bob", question = "EM", marks = 1}]}',
    "[<A>]\npoints.EM = 3",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("put", "take"), EDITS)
def test_every_form_that_is_read_can_be_changed_and_the_change_taken_back(form, put, take):
    text = form.replace("<A>", NAME)
    made = edited(text, NAME, put)
    policies_of(made, KNOWN)
    without = policies_of(edited(text, NAME, take), KNOWN) if _has(text, take) else policies_of(text, KNOWN)
    assert policies_of(edited(made, NAME, take), KNOWN) == without


def _has(text, take):
    try:
        edited(text, NAME, take)
    except NotThere:
        return False
    return True


def test_a_form_that_cannot_be_changed_is_refused_and_not_changed():
    text = f'{NAME}.dropped = ["EM"]\n[[{NAME}.extension]]\nstudent = "bob"\nno_penalty = true\n'
    policies_of(text, KNOWN)
    for put, take in EDITS:
        for edit in (put, take):
            with pytest.raises(ValueError, match="cannot change. Write .*Nothing was changed"):
                edited(text, NAME, edit)


def test_an_entry_is_replaced_and_a_table_goes_with_its_last_policy(tmp_path):
    about = {"student": "ada", "question": "EM"}
    text = edited(text_of(tmp_path), NAME, put_entry("by_hand", about, {"marks": 2, "comment": "x"}, same_in))
    text = edited(text, NAME, put_entry("by_hand", about, {"marks": 3}, same_in))
    assert policies_of(text, KNOWN).of(NAME).by_hand == {("ada", "test-EM"): HandMark(3)}
    assert NAME not in edited(text, NAME, remove_entry("by_hand", about, same_in))


def test_only_its_owner_may_read_the_file(tmp_path):
    path = save(tmp_path, "# x\n")
    assert path.stat().st_mode & 0o777 == 0o600
    assert text_of(tmp_path) == "# x\n"


def test_the_document_names_every_key():
    from grading.policies.entries import KINDS
    from grading.policies.values import VALUES
    from grading.policies.verbs import VERBS

    text = (ROOT / "docs" / "policies.md").read_text(encoding="utf-8")
    keys = {*VALUES, *KINDS, *(key for kind in KINDS.values() for key in (*kind.needs, *kind.may))}
    assert {key for key in keys if key not in text} == set()
    assert {verb for verb in VERBS if f"policy {verb}" not in text} == set()
