"""The parts of README.md that commands write: between `<!-- written by ... -->` and `<!-- end -->`."""

from __future__ import annotations

from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
END = "<!-- end -->"


def write_section(command: str, text: str) -> None:
    """Put the text into README.md, where it says that this command writes it."""
    written = within(README.read_text(encoding="utf-8"), command, text)
    README.write_text(written, encoding="utf-8", newline="\n")


def within(readme: str, command: str, text: str) -> str:
    """Return the README with the text in its place; ValueError if the place is lost."""
    begin = f"<!-- written by {command} -->\n"
    before, found, rest = readme.partition(begin)
    if not found or END not in rest:
        raise ValueError(f"README.md has lost its line {begin.strip()}: put it back where the text belongs.")
    return f"{before}{begin}{text}\n{rest[rest.index(END) :]}"
