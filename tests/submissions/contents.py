"""What can happen to the bytes of a notebook's file. Each function gets the work and returns the bytes."""

import json
import re

from submissions.answering import either

CONTENTS = {}


def content(readable=True, repaired=False, fits=lambda work: True):
    """Register such a change by its name.

    readable: whether the file has one sensible reading.
    repaired: whether a note about it is expected; None if there may be one.
    fits: tells for which works it makes sense.
    """

    def register(function):
        CONTENTS[function.__name__.replace("_", " ")] = function, readable, repaired, fits
        return function

    return register


def write(work, name):
    """Put the bytes into the draft. A file that cannot be read has no marks, and a person must look."""
    function, readable, repaired, _ = CONTENTS[name]
    work.draft.raw = function(work)
    work.readable &= readable
    work.repaired = either(work.repaired, repaired)
    work.did.append(name)


def plain(work):
    """Return the bytes that the front end has written."""
    return work.draft.raw or json.dumps(work.draft.content, ensure_ascii=False).encode()


def in_lines(work):
    """Return the same content as most front ends write it: each value on its own line."""
    return json.dumps(json.loads(plain(work)), indent=1, ensure_ascii=False).encode()


@content()
def as_it_was(work):
    return plain(work)


@content()
def on_many_lines(work):
    return in_lines(work)


@content()
def sorted_with_tabs(work):
    return json.dumps(json.loads(plain(work)), indent="\t", sort_keys=True, ensure_ascii=False).encode()


@content()
def lines_of_windows(work):
    return in_lines(work).replace(b"\n", b"\r\n")


@content()
def lines_of_windows_within(work):
    ends = re.sub(rb"(?<!\\)((?:\\\\)*)\\n", rb"\1\\r\\n", in_lines(work))  # but not in a string of code
    return ends.replace(b"\n", b"\r\n")


@content()
def byte_order_mark(work):
    return b"\xef\xbb\xbf" + plain(work)


@content()
def utf_16(work):
    return plain(work).decode().encode("utf-16")


@content(repaired=None, fits=lambda work: work.draft.raw is None)
def one_byte_of_latin_1(work):
    """Save with an old editor: a word in a comment has a byte that is not UTF-8."""
    return _with_comment(work, "caf@@").replace(b"@@", b"\xe9")


@content(repaired=None, fits=lambda work: work.draft.raw is None)
def quotes_of_windows_1252(work):
    return _with_comment(work, "it@@s").replace(b"@@", b"\x92")


@content(repaired=None)
def all_of_it_in_latin_1(work):
    text = plain(work).decode()
    return re.sub(r"[^\x00-\xff]", lambda found: json.dumps(found.group())[1:-1], text).encode("latin-1")


@content(repaired=None)
def zeros_at_the_end(work):
    """Add zeros after the correct text, as after a full disk or an interrupted sync."""
    return in_lines(work) + bytes(4096)


@content(repaired=None)
def the_end_of_an_older_file_behind(work):
    return in_lines(work) + b'\n  ],\n "nbformat": 4,\n "nbformat_minor": 5\n}\n'


@content(repaired=None)
def saved_twice_into_one_file(work):
    return plain(work) + b"\n" + plain(work)


@content(repaired=None, fits=lambda work: work.draft.raw is None)
def conflict_in_numbers(work):
    """Put git's conflict markers around an execution count, as when both partners only ran the cells."""
    return _conflict(work, '   "execution_count": ', "17")


@content(repaired=None, fits=lambda work: work.draft.raw is None)
def conflict_in_the_notebooks_metadata(work):
    return _conflict(work, ' "nbformat_minor": ', "4")


def _conflict(work, beginning, theirs):
    """Put git's conflict markers around some lines. The two sides differ only in a number."""
    made = []
    for line in json.dumps(work.draft.content, indent=1).splitlines():
        if line.startswith(beginning):
            other = beginning + theirs + ("," if line.endswith(",") else "")
            made += ["<<<<<<< HEAD", line, "=======", other, ">>>>>>> 3f2a9c1 (partner)"]
        else:
            made.append(line)
    return "\n".join(made).encode()


def _with_comment(work, comment):
    """Put a comment into a code cell."""
    cell = next(each for each in reversed(work.draft.cells) if each["cell_type"] == "code" and each["source"])
    cell["source"] = f"# {comment}\n" + "".join(cell["source"])
    return json.dumps(work.draft.content, indent=1).encode()


@content(repaired=None, fits=lambda work: work.draft.raw is None and len(work.functions) > 1)
def text_twice_in_a_cell(work):
    """Merge two editors' versions: a cell contains its whole text twice."""
    for cell in work.draft.cells:
        if work.functions and cell["source"] and f"def {work.functions[0]}" in "".join(cell["source"]):
            text = "".join(cell["source"])
            cell["source"] = text + text  # there is no end of line between the two texts
    return plain(work)


@content(repaired=None, fits=lambda work: work.draft.raw is None)
def lists_of_lines(work):
    for cell in work.draft.cells:
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    return plain(work)


@content(readable=False)
def cut_off(work):
    return in_lines(work)[: len(plain(work)) // 2]


@content(readable=False)
def empty(work):
    return b""


@content(readable=False)
def a_web_page(work):
    return b"<!DOCTYPE html>\n<html><head><title>hw</title></head><body>Notebook</body></html>"


@content(readable=False)
def a_pdf(work):
    return b"%PDF-1.5\n" + bytes(range(256)) * 20


@content(readable=False)
def a_pointer_to_git_lfs(work):
    return b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"


READABLE = [name for name, (_, readable, *_) in CONTENTS.items() if readable]
