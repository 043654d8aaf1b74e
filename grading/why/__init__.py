"""Why a question of a student has the marks that it has: for the instructor, and never for the student.

again.py runs the submission once more in the box, and watches its test. lines.py and answers.py say in words
what was seen.
notebook.py writes a small notebook that shows a failed case. That notebook calls case.py.
"""

from grading.why.case import CaseAgain, case_of

__all__ = ["CaseAgain", "case_of"]
