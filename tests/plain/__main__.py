"""List what is wrong with the words of some files, and how long their sentences are."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # tests/, so that this works from any folder

from plain.course import course_of
from plain.glossary import gaps, load_glossary
from plain.not_yet import NotYet, shrink
from plain.rules import load_rules, violations
from plain.sentences import Lengths, Sentence
from plain.texts import ROOT, Text, all_texts

SHOWN = 12  # how many long sentences are shown, the longest first


def main(argv: list[str] | None = None) -> int:
    """Show what is wrong; return 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="tests/plain", description=__doc__)
    parser.add_argument("path", nargs="*", type=Path, help="files or folders (default: all that people read)")
    parser.add_argument("--shrink", action="store_true", help="take out of not_yet.toml what is repaired")
    args = parser.parse_args(argv)
    if args.shrink:
        print(f"No longer in the list:\n{shrink(NotYet.found())}")
        return 0
    return show(chosen(args.path))


def chosen(paths: list[Path]) -> list[Text]:
    """Return the texts of some files and folders; SystemExit if a path has none."""
    names = [each.resolve().relative_to(ROOT).as_posix() for each in paths]
    of_path = {name: [each for each in all_texts() if is_under(each.file, name)] for name in names}
    if empty := [name for name, found in of_path.items() if not found]:
        raise SystemExit(f"No text that people read was found in {', '.join(empty)}.")
    return [each for found in of_path.values() for each in found] if paths else list(all_texts())


def is_under(file: str, name: str) -> bool:
    """Tell whether a file is the given one, or in the given folder."""
    return name in (".", file) or file.startswith(f"{name}/")


def show(texts: list[Text]) -> int:
    """Print breaches, the notebooks' gaps, long sentences and figures; return the exit code."""
    rules, files = load_rules(), {each.file for each in texts}
    broken = violations(texts)
    for each in broken:
        print(f"{each}\n    {rules.advice(each.rule)}")
    missing = [gap for gap in gaps(course_of(), load_glossary()) if f"solutions/{gap.assignment}.py" in files]
    print(*missing, sep="\n", end="\n" if missing else "")
    _show_long([(text, each) for text in texts for each in text.sentences], rules.aim)
    return 1 if broken or missing else 0


def _show_long(sentences: list[tuple[Text, Sentence]], aim: int) -> None:
    long = sorted((pair for pair in sentences if pair[1].words > aim), key=lambda pair: -pair[1].words)
    for text, each in long[:SHOWN]:
        print(f"{text.where(each.line)}: {each.words} words, the aim is {aim}: {each}")
    found = Lengths.of(each for _, each in sentences)
    print(
        f"{found.sentences} sentences, median {found.median:g} words, longest {found.longest}; "
        f"over 18 words {found.over_18:.1%}, over 28 words {found.over_28:.1%}"
    )


if __name__ == "__main__":
    sys.exit(main())
