"""Right answers with other types of values than the course's own. They keep all marks, as in the notebook."""

from pathlib import Path

import kinds
from kinds import RIGHT as KINDS

from submissions.cases import registrar
from submissions.draft import RIGHT

VALUES = []
_, accident = registrar(VALUES)


def with_entries(draft, *lines):
    """Let EM return more entries, made by these lines. The exercise did not ask for them."""
    source = RIGHT["EM"].replace("def EM(", "def plain_EM(")
    body = "\n    ".join(["run = plain_EM(*args, **kwargs)", *lines, "return run"])
    draft.answer("EM", f"{source}\n\ndef EM(*args, **kwargs):\n    {body}")


@accident("67c")
def entries_that_cannot_be_sent(draft):
    with_entries(
        draft,
        "run |= {'model': object(), (1, 2): print, 'self': run}",
        "run['history'] = [np.zeros((100, 200)) for _ in range(1000)]",
    )


@accident("67b")
def entries_that_have_no_end_or_refuse_to_be_read(draft):
    draft.first("class Stubborn:\n    def __array__(self, *_, **__):\n        raise RuntimeError('not now')")
    with_entries(draft, "import itertools", "run = {'n': itertools.count(), 'tensor': Stubborn(), **run}")


@accident("67d", earned=(("test-EM", 8.0),), says="the entry 'resp' cannot be read as numbers")
def an_entry_that_is_asked_for_and_cannot_be_sent(draft):
    with_entries(draft, "run['resp'] = object()")


@accident("67a")
def every_function_answers_in_another_kind(draft):
    text = Path(kinds.__file__).read_text(encoding="utf-8")
    draft.first(
        f"from pathlib import Path\nPath('kinds.py').write_text({text!r})\nfrom kinds import RIGHT as KINDS"
    )
    chosen = ["a frame of pandas", "a deque", "decimals", "an array of rows", "a list of a user's"]
    functions = [name for name in RIGHT if name.startswith("compute_")]
    for name, kind in zip(functions, chosen, strict=True):
        assert kind in KINDS
        source = RIGHT[name].replace(f"def {name}(", f"def plain_{name}(")
        answer = f"def {name}(*args):\n    return KINDS[{kind!r}](np.asarray(plain_{name}(*args)))"
        draft.answer(name, f"{source}\n\n{answer}")
