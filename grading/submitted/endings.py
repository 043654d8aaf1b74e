"""Read the ending of a file's name: whether it is an archive, and of a kind that is unpacked."""

from __future__ import annotations

NOTEBOOK, ZIP = ".ipynb", ".zip"
TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz")
NOT_UNPACKED = (".rar", ".7z", ".zst", ".gz", ".bz2", ".xz", ".lz", ".lzma")


def archive_ending(name: str) -> str:
    """Return the ending of an archive's name, in small letters; "" if it is not an archive's name."""
    ends = (each for each in (ZIP, *TARS, *NOT_UNPACKED) if name.lower().endswith(each))
    return max(ends, key=len, default="")


def is_unpacked(name: str) -> bool:
    """Tell whether it is the name of an archive of a kind that is unpacked."""
    return archive_ending(name) in (ZIP, *TARS)


def without_archive(name: str) -> str:
    """Return a name without an archive's ending."""
    return name[: len(name) - len(archive_ending(name))]


def stem_of(name: str) -> str:
    """Return a file's name without its ending; of a packed notebook, without both endings."""
    if not archive_ending(name):
        return name.rpartition(".")[0] if "." in name else name
    bare = without_archive(name)
    return bare[: -len(NOTEBOOK)] if bare.lower().endswith(NOTEBOOK) else bare


def why_not_unpacked(name: str) -> str:
    """Return why an archive is not unpacked; "" if it is unpacked, or is not an archive."""
    ending = archive_ending(name)
    return f"it is a {ending[1:]} archive; unpack it, or ask for a zip" if ending in NOT_UNPACKED else ""
