"""Why a question of a student has the marks that it has: for the instructor, and never for the student.

again.py runs the submission once more in the box, and watches. lines.py and quiz.py say what was seen.
notebook.py writes a small notebook that shows it, and case.py is what that notebook calls.
"""

from grading.why.case import CaseAgain, case_of

__all__ = ["CaseAgain", "case_of"]
