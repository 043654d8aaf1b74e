"""What authors of exercises call: mistakes, questions, and what other functions answer on the way.

from checks.authors import OURS, choice, mistake, number, recording, true_or_false
"""

from checks.authors.mistakes import OURS, Mistake, mistake, mistakes_of
from checks.authors.questions import choice, number, true_or_false
from checks.authors.recording import recording

__all__ = ["OURS", "Mistake", "choice", "mistake", "mistakes_of", "number", "recording", "true_or_false"]
