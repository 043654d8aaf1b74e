"""Names of students and of files, and the times that are written beside a notebook."""

import unicodedata

FIRST = [
    "Ada",
    "José",
    "Zoë",
    "李雷",
    "محمد",
    "Søren",
    "Siân",
    "Nguyễn Văn",
    "D'Arcy",
    "Anne-Marie",
    "X Æ A-12",
]
LAST = [
    "Lovelace",
    "O'Brien",
    "Núñez",
    "de la Cruz",
    "van 't Hoff",
    "Ștefănescu",
    "Smith-Jones",
    "Ng",
    "Łukasz",
]
ODD = [
    "jose.nunez@uni.example",
    "=1+1",
    "-rf",
    "+49 171 1234567",
    "@sum",
    "00012345",
    "12e5",
    "NULL",
    "Drop; Table",
    "a.b.c",
    "trailing dot.",
    "two  spaces",
    "100%",
    "Müller & Söhne",
    "<b>bold<b>",
    'quote"d',
    "comma, first",
    "🦊 fox",
    "अनुष्का शर्मा",
    "עברית שם",
    "nan",
    "True",
    "Ω" * 60,
    "averylongname" * 12,
    "#hash",
    "$HOME",
    "~user",
    "[1]",
    "*star*",
    "con",
    "CON.txt",
]


def student(number, rng, plain=False):
    """Return a name that nobody else in the class has, as a computer writes it. plain: only Latin letters."""
    if plain:
        return f"{'ABCDEFGH'[number % 8]}my Hopper{'abcdefghij'[number // 8 % 10]}{'abcdef'[number // 80]}"
    if number % 4 == 3 and number // 4 < len(ODD):
        return ODD[number // 4]
    first, last = (str(names[int(rng.integers(len(names)))]) for names in (FIRST, LAST))
    name = f"{first} {last} {number}"
    return unicodedata.normalize("NFD" if number % 3 == 0 else "NFC", name)


# {name} is the name of the assignment, {NAME} the same in capital letters.
FILES = {
    "its own name": "{name}.ipynb",
    "a browser's second download": "{name} (1).ipynb",
    "jupyter's copy": "{name}-Copy1.ipynb",
    "final": "{name}_final_FINAL_v2.ipynb",
    "colab's copy": "Copy of {name}.ipynb",
    "another title": "HW3 Núñez (EM).ipynb",
    "Untitled": "Untitled7.ipynb",
    "large letters": "{NAME}.IPYNB",
    "saved as text": "{name}.ipynb.txt",
    "saved as JSON": "{name}.ipynb.json",
    "in Chinese": "作业三.ipynb",
}
# The text of timestamp.txt, and how many hours after the due date its time is.
DUE = "2026-01-01 12:00:00 UTC"
TIMES = {
    "none": (None, 0.0),
    "nbgrader's": ("2026-01-01 14:30:00 UTC", 2.5),
    "nbgrader's with fractions": ("2026-01-01 14:30:00.000000 UTC", 2.5),
    "in time": ("2025-12-31 23:59:59.123456 UTC\n", 0.0),
    "ISO": ("2026-01-01T14:30:00Z", 2.5),
    "ISO with a zone": ("2026-01-01T15:30:00+01:00", 2.5),
    "ISO with another zone": ("2026-01-01T20:00:00+05:30", 2.5),
    "a zone behind": ("2026-01-01 09:30:00 -0500", 2.5),
    "words": ("on Friday, I think", 0.0),
    "a long story": ("Dear Sir,\n" * 3000, 0.0),
    "a zone nobody knows": ("2026-01-01 14:30:00 XYZT", 0.0),
    "a month that is none": ("2026-13-45 99:99:99 UTC", 0.0),
    "a year too far": ("99999-01-01 00:00:00 UTC", 0.0),
    "nothing in it": ("", 0.0),
    "zeros": ("\0\0\0\0", 0.0),
    "a picture of a clock": ("🕑", 0.0),
    "a formula": ("=NOW()", 0.0),
}

NO_TIMES = list(TIMES)[list(TIMES).index("words") :]  # unreadable: a note says so, no penalty
