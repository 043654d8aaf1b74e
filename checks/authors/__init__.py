"""What authors of exercises call: mistakes, questions, laws, finders.

from checks.authors import OURS, choice, mistake, number, recording, true_or_false
"""

from checks.authors.mistakes import OURS, Mistake, mistake, mistakes_of
from checks.authors.questions import choice, number, true_or_false
from checks.authors.recording import recording
from checks.finders import Finder, Stage, found, registrar
from checks.laws import Broken, Law, LawBook
from checks.looking import Look

__all__ = [
    "OURS",
    "Broken",
    "Finder",
    "Law",
    "LawBook",
    "Look",
    "Mistake",
    "Stage",
    "choice",
    "found",
    "mistake",
    "mistakes_of",
    "number",
    "recording",
    "registrar",
    "true_or_false",
]
