"""A copy of this course in German, which is built, and searched for texts that are still in English."""

import html
import json
import os
import re
import shutil
import subprocess
import sys

from babel.messages.pofile import read_po
from ours import ROOT

NAME = "gaussian-mixture"
PIECES = re.compile(r"\{[^{}]*\}")
CODE = re.compile(r"`[^`]*`|<(pre|code|style|svg|math)\b.*?</\1>", re.DOTALL)
# Words that do not exist in German.
ENGLISH = re.compile(r"(?<![\w-])(the|of|your|marks?|with|this|not|it)(?![\w-])", re.IGNORECASE)

# A program that prints what `check` shows of every known mistake: on public cases, and on hidden ones with
# all rungs of the hint.
CLIMB = """
import contextlib, io, json, sys
from pathlib import Path
from checks.casebook import CaseBook
from checks.hints import Ladder, rungs
from checks.texts import speak
from grading.course import load_course
from helpers.checking import CHECKER

course = load_course(Path(sys.argv[1]))
assignment = course.assignment(sys.argv[2])
speak("de")
shown = {}
for exercise, mistakes in assignment.mistakes().items():
    for mistake in mistakes:
        CHECKER.ladder = Ladder()
        answer = mistake.answer
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            for cases in (None, CaseBook(course.hidden)):
                CHECKER.check(answer, out_of=1, cases=cases, name=f"{sys.argv[2]}/{exercise}")
        beyond = [text for step in (4, 5, 6) for text in rungs(mistake.hint, step, exercise)]
        shown[f"{exercise}: {mistake.hint.name}"] = said.getvalue() + " ".join(beyond)
print(json.dumps(shown))
"""


class GermanCourse:
    """A copy of all files that git knows, with `language = "de"`."""

    def __init__(self, folder):
        self.root = folder / "course"
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, stdout=subprocess.PIPE
        )
        for name in listed.stdout.decode().splitlines():
            if (ROOT / name).is_file():
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, self.root / name)
        (self.root / "course.toml").write_text('language = "de"\n', encoding="utf-8")

    def python(self, *words):
        """Run Python in the copy, with the copy's own packages; return what it prints."""
        env = {name: value for name, value in os.environ.items() if name != "GRADING_HIDDEN"}
        env |= {"PYTHONPATH": str(self.root)}
        done = subprocess.run(
            [sys.executable, *words], capture_output=True, text=True, cwd=self.root, env=env
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def hints(self):
        """Return what `check` prints for each known mistake, by its name."""
        return json.loads(self.python("-c", CLIMB, str(self.root), NAME))


def english_in(text):
    """Return the catalogues' English sentences in a text, except for those that are the same in German."""
    found = []
    for path in sorted((ROOT / "texts" / "de").glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale="de")
        for entry in catalogue:
            if entry.id and (piece := _longest_piece(entry.id)) and piece not in entry.string:
                found += [entry.id] if piece in text else []
    return found


def english_words_in(text):
    """Return the English words in a text, outside code. They also show sentences that no catalogue has."""
    plain = html.unescape(re.sub(r"<[^>]+>", " ", CODE.sub(" ", text)))
    return [plain[max(0, each.start() - 40) : each.end() + 40] for each in ENGLISH.finditer(plain)]


def _longest_piece(sentence):
    """Return the longest part of a sentence without fields; "" if it is too short to recognise it."""
    piece = max(PIECES.split(sentence), key=len).strip()
    return piece if len(piece.split()) > 3 else ""
