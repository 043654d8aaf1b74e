"""Seven classic failures of EM."""

from helpers.explorer.scene import Scene


def gallery_scenes() -> tuple[Scene, ...]:
    return ()
