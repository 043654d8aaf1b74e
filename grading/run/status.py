"""How marking a submission can end, in a word."""

GRADED, REPAIRED, LIMIT, UNREADABLE = "graded", "repaired", "limit hit", "cannot be read"
OUR_FAULT = "fault of ours"
UNMARKED = (UNREADABLE, OUR_FAULT)  # no marks, until a person has looked
STATUSES = (GRADED, REPAIRED, LIMIT, *UNMARKED)
