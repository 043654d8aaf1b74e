"""The settings of marking: the section `c.BoxedExecute` of nbgrader_config.py, declared once.

nbgrader's plugin has the same settings, so `nbgrader autograde --BoxedExecute.cell_seconds=5` works. The
class runner reads the same section without any part of nbgrader.
"""

from __future__ import annotations

from traitlets import Bool, Float, Integer
from traitlets.config import Configurable

from grading.box.limits import Limits

TIME = "Seconds that {} may have. The time that other programs take on a busy machine does not count."
SECTION = "BoxedExecute"  # in nbgrader_config.py and on nbgrader's command line


class Settings(Configurable):
    """How submissions are run and marked.

    Example:
        Settings(config=load_config(root)).limits().cell_seconds
    """

    box = Bool(True, help="Run submissions in a box; without one, their marks can be forged.").tag(
        config=True
    )
    figures = Bool(True, help="Draw the figures of a submission. If not, it shows their alt text.").tag(
        config=True
    )
    cell_seconds = Float(Limits.cell_seconds, help=TIME.format("one cell")).tag(config=True)
    call_seconds = Float(Limits.call_seconds, help=TIME.format("one call of a function")).tag(config=True)
    test_seconds = Float(Limits.test_seconds, help=TIME.format("all calls of one test cell")).tag(config=True)
    notebook_seconds = Float(
        Limits.notebook_seconds, help=TIME.format("all cells of a notebook, without tests")
    ).tag(config=True)
    memory_mb = Integer(Limits.memory_mb, help="Memory of a submission.").tag(config=True)
    processes = Integer(Limits.processes, help="Processes of a submission.").tag(config=True)
    file_mb = Integer(Limits.file_mb, help="Size of one file, and of /tmp.").tag(config=True)
    notebook_kb = Integer(Limits.notebook_kb, help="Size of a graded notebook.").tag(config=True)

    @classmethod
    def section_names(cls) -> list[str]:
        """Return the sections of nbgrader_config.py to read: the plugin's, whatever this class's name is."""
        return list(dict.fromkeys([*super().section_names(), SECTION]))

    def limits(self) -> Limits:
        """Return the limits for a submission."""
        return Limits(**{name: getattr(self, name) for name in Limits.__dataclass_fields__})
