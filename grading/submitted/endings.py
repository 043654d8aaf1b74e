"""What the end of a name says: which archives are unpacked, which are not, and what is before the end."""

from __future__ import annotations

NOTEBOOK, ZIP = ".ipynb", ".zip"
TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz")
NOT_UNPACKED = (".rar", ".7z", ".zst", ".gz", ".bz2", ".xz", ".lz", ".lzma")


def archive_ending(name: str) -> str:
    """Return the end of a name that makes it one of an archive, in small letters; "" if there is none."""
    ends = (each for each in (ZIP, *TARS, *NOT_UNPACKED) if name.lower().endswith(each))
    return max(ends, key=len, default="")


def is_unpacked(name: str) -> bool:
    """Whether it is an archive's name, of a kind that is looked into."""
    return archive_ending(name) in (ZIP, *TARS)


def without_archive(name: str) -> str:
    """Return a name without the end that makes it an archive's."""
    return name[: len(name) - len(archive_ending(name))]


def stem_of(name: str) -> str:
    """Return a file's name without its end, and without that of a notebook that was packed."""
    if not archive_ending(name):
        return name.rpartition(".")[0] if "." in name else name
    bare = without_archive(name)
    return bare[: -len(NOTEBOOK)] if bare.lower().endswith(NOTEBOOK) else bare


def why_not_unpacked(name: str) -> str:
    """Return why an archive is not looked into; "" if it is, or is none."""
    ending = archive_ending(name)
    return f"it is a {ending[1:]} archive; unpack it, or ask for a zip" if ending in NOT_UNPACKED else ""
