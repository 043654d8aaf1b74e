"""Quote code in a sentence."""

LONGEST = 80  # characters that are quoted


def quoted(code: str) -> str:
    """Return the first line of code in a form that fits into a sentence."""
    line = next((each.strip() for each in code.splitlines() if each.strip()), "").replace("`", "'")
    return f"`{line[:LONGEST]}{'…' if len(line) > LONGEST else ''}`" if line else ""
