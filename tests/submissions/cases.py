"""Cases: submissions with the expected results, and the lists of them."""

from collections.abc import Callable
from dataclasses import dataclass

from submissions.draft import Draft, points, right, wrong


@dataclass(frozen=True)
class Case:
    """A submission and the result that is expected.

    number: its number in the acceptance corpus, with a letter if the number has several cases.
    lost: the tests that get no marks.
    earned: tests that get a part of their marks, and the part. All others get full marks.
    status: the status of the lost tests.
    says: words that the graded notebook contains.
    whole: the status of the submission.
    """

    number: str
    words: str
    start: Callable[[], Draft]
    spoil: Callable[[Draft], None]
    lost: tuple[str, ...]
    status: str = ""
    says: str = ""
    whole: str = ""
    earned: tuple[tuple[str, float], ...] = ()

    @property
    def is_variant(self):
        """Tell whether another case of the corpus is run instead of this one in `make test`."""
        return self.number[-1] > "a" or (int(self.number.rstrip("a")) >= 90 and self.number != "94")

    @property
    def student(self):
        return f"s{self.number}-{self.words}".replace(" ", "-").replace("_", "-")

    def draft(self):
        draft = self.start()
        self.spoil(draft)
        return draft


def registrar(book):
    """Return two decorators. Their cases begin with wrong answers, and with right answers."""

    def cheat(number, **expected):
        return _register(book, number, wrong, {"lost": tuple(points()), **expected})

    def accident(number, **expected):
        return _register(book, number, right, {"lost": (), **expected})

    return cheat, accident


def _register(book, number, start, expected):
    def register(spoil):
        words = spoil.__name__.strip("_").replace("_", " ")
        book.append(Case(str(number), words, start, spoil, **expected))
        return spoil

    return register
