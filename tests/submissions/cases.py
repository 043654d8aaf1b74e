"""What a case is, and the list of them."""

from collections.abc import Callable
from dataclasses import dataclass

from submissions.draft import Draft, points, right, wrong


@dataclass(frozen=True)
class Case:
    """A submission and what must come of it.

    number: in the acceptance corpus, with a letter where it has several. lost: the tests that get nothing.
    earned: what those get that get a part. All others get full marks.
    status: of the lost tests. says: words in the graded notebook. whole: status of the submission.
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
        """Whether another case of the corpus stands for it in `make test`."""
        return self.number[-1] > "a" or (int(self.number.rstrip("a")) >= 90 and self.number != "94")

    @property
    def student(self):
        return f"s{self.number}-{self.words}".replace(" ", "-").replace("_", "-")

    def draft(self):
        draft = self.start()
        self.spoil(draft)
        return draft


def registrar(book):
    """Return two decorators: of cases that begin with wrong answers, and with right ones."""

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
