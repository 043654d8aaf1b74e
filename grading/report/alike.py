"""Find pairs of submissions that are more alike than chance explains, measured with the class itself.

Two right answers of five lines look alike, even by different students. So likeness alone is no evidence.
There are two kinds of evidence.
*The whole*: two students are closer than nearly all pairs, in one exercise after another. Chance makes two
students close in one exercise, but not also in the next. To measure chance, each exercise's answers are
shuffled among the students, SHUFFLES times. A pair is reported if it is closer than every pair of these
shuffled classes.
*One long answer*: two students have the same long answer, apart from names and comments, and nobody else in
the class has a similar answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from grading.report.prints import Print, prints_of

SMALLEST_CLASS = 12  # with fewer students it is not known what is usual
SHUFFLES, MARGIN = 200, 1.02
LONG, LONG_CLASS = 200, 40  # the fewest fingerprints of a long answer, and students of a class to judge it
SAME, LIKE = 0.97, 0.8
RARE = 0.05  # the lines are shown that at most this share of a class has

Table = NDArray[np.float64]  # a number for each pair of students
Placed = Mapping[str, Mapping[Print, set[int]]]  # an exercise: a fingerprint: its lines


@dataclass(frozen=True)
class AnswerText:
    """One answer of a submission: its exercise, its text, and whether the text is code."""

    exercise: str
    source: str
    is_code: bool = True


@dataclass(frozen=True)
class Shared:
    """The answers of two students to one exercise, and those of their lines that are rare and alike."""

    exercise: str
    sources: tuple[str, str]
    lines: tuple[frozenset[int], frozenset[int]]


@dataclass(frozen=True)
class Pair:
    """Two students, and the exercises in which they share rare lines, those with the most lines first."""

    students: tuple[str, str]
    shared: tuple[Shared, ...] = ()


def alike(submissions: Mapping[str, Sequence[AnswerText]]) -> list[Pair]:
    """Return the pairs that are more alike than by chance, in order. submissions: the answers, by student."""
    students = sorted(submissions)
    if len(students) < SMALLEST_CLASS:
        return []
    placed = [_placed(submissions[student]) for student in students]
    exercises = sorted({exercise for each in placed for exercise in each})
    tables = [_has([each.get(exercise, {}) for each in placed]) for exercise in exercises]
    found = sorted(_wholes(tables) | _longs(tables))
    return [_pair((students[a], students[b]), (placed[a], placed[b]), submissions, placed) for a, b in found]


def _placed(answers: Iterable[AnswerText]) -> Placed:
    found: dict[str, dict[Print, set[int]]] = defaultdict(lambda: defaultdict(set))
    for answer in answers:
        for each, lines in prints_of(answer.source, answer.is_code):
            found[answer.exercise][each] |= lines
    return found


def _has(prints: Sequence[Mapping[Print, set[int]]]) -> csr_array:
    """Return a table of students and fingerprints: of code, or of words if no answer is code."""
    kind = "code" if any(key[0] == "code" for each in prints for key in each) else "words"
    kept = [[key for key in each if key[0] == kind] for each in prints]
    places = {key: place for place, key in enumerate(dict.fromkeys(key for each in kept for key in each))}
    rows = [row for row, each in enumerate(kept) for _ in each]
    columns = [places[key] for each in kept for key in each]
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(kept), max(1, len(places))))


def _wholes(tables: Sequence[csr_array]) -> set[tuple[int, int]]:
    """Return the pairs that are closer, over all exercises, than any pair is by chance in such a class."""
    rarities = [_rarity(each) for each in tables]
    together, most = sum(rarities, np.zeros((1, 1))), 0.0
    draw = np.random.default_rng(0)
    for _ in range(SHUFFLES):
        orders = [draw.permutation(len(each)) for each in rarities]
        dealt = sum(each[np.ix_(order, order)] for each, order in zip(rarities, orders))
        most = max(most, float(np.max(dealt)))
    return _pairs(together > MARGIN * most)


def _rarity(has: csr_array) -> Table:
    """Return how close each pair is, times minus the log of the share of pairs that are as close."""
    from scipy.stats import rankdata  # this import takes half a second; the report of a small class skips it

    close = _closeness(has, np.log(has.shape[0] / np.maximum(has.sum(axis=0), 1)))
    upper = np.triu_indices(len(close), 1)
    share = rankdata(-close[upper], method="max") / len(upper[0])
    rarity = np.zeros_like(close)
    rarity[upper] = -np.log(share) * close[upper]
    return rarity + rarity.T


def _closeness(has: csr_array, weights: NDArray[np.float64]) -> Table:
    """Return for each pair the share of their fingerprints that both students have, by weight."""
    weighted = has * weights[None]
    own, shared = weighted.sum(axis=1), (weighted @ has.T).toarray()
    return shared / np.maximum(own[:, None] + own - shared, 1e-9)


def _longs(tables: Sequence[csr_array]) -> set[tuple[int, int]]:
    """Return the pairs that have the same long answer, if nobody else has a similar answer."""
    found: set[tuple[int, int]] = set()
    for has in tables:
        if has.shape[0] >= LONG_CLASS:
            close = _closeness(has, np.ones(has.shape[1]))
            like = ((has @ has.T).toarray() >= LIKE * has.sum(axis=1)[:, None]).sum(axis=1)
            alone = (has.sum(axis=1) >= LONG) & (like == 2)  # the student and the other student
            found |= _pairs((close >= SAME) & alone[:, None] & alone)
    return found


def _pairs(holds: NDArray[np.bool_]) -> set[tuple[int, int]]:
    return {(int(a), int(b)) for a, b in np.argwhere(np.triu(holds, 1))}


def _pair(
    students: tuple[str, str],
    two: tuple[Placed, Placed],
    submissions: Mapping[str, Sequence[AnswerText]],
    placed: Sequence[Placed],
) -> Pair:
    """Return the pair with its reason: the rare lines that both students have."""
    sources = [{each.exercise: each.source for each in submissions[student]} for student in students]
    shared = []
    for exercise in two[0].keys() & two[1].keys():
        keys = _rare(exercise, two, placed)
        lines = tuple(frozenset[int]().union(*(each[exercise][key] for key in keys)) for each in two)
        if keys:
            shared.append(Shared(exercise, (sources[0][exercise], sources[1][exercise]), lines))
    return Pair(students, tuple(sorted(shared, key=lambda each: (-len(each.lines[0]), each.exercise))))


def _rare(exercise: str, two: tuple[Placed, Placed], placed: Sequence[Placed]) -> list[Print]:
    """Return the fingerprints that both students have, and few other students."""
    others = [each.get(exercise, {}) for each in placed]
    both = two[0][exercise].keys() & two[1][exercise].keys()
    most = max(2, RARE * len(placed))
    return [key for key in both if sum(key in each for each in others) <= most]
