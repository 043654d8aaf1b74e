"""Additions that students make: their own cells, and lines around the imports."""

from submissions.draft import code
from submissions.quirks import (
    before_imports,
    has_functions,
    has_imports,
    imports,
    near_the_imports,
    quirk,
    scatter,
)


@quirk()
def nothing_else(work):
    pass


@quirk()
def extra_prints(work):
    scatter(work, "print('here')", "np.__version__", "help(print)", "x = 3\nx", "%whos")


@quirk()
def extra_plots(work):
    scatter(work, "import matplotlib.pyplot as plt\nplt.figure(figsize=(9, 9))\nplt.plot([1, 2])\nplt.show()")


@quirk(fits=has_functions)
def own_tests(work):
    name = work.pick(work.functions)
    work.draft.after(name, f"assert callable({name})\nprint('my own test passed')")


@quirk(told=None)
def pip_install_in_a_cell(work):
    near_the_imports(work, "!pip install seaborn --quiet")


@quirk(told=None)
def conda_and_system(work):
    near_the_imports(
        work, "!conda install -y pandas\n!nvidia-smi\n!ls -la\n!git clone https://github.com/x/y.git"
    )


@quirk(told=None)
def magics(work):
    near_the_imports(
        work,
        "%matplotlib notebook\n%config InlineBackend.figure_format = 'retina'\n%load_ext autoreload\n%autoreload 2",
    )


@quirk(told=None)
def packages_that_are_missing(work):
    near_the_imports(work, "import seaborn as sns\nimport torch, tensorflow\nsns.set_theme()")


@quirk(told=None)
def colab_drive_in_a_cell(work):
    near_the_imports(
        work, "from google.colab import drive\ndrive.mount('/content/drive')\n%cd /content/drive/MyDrive/hw3"
    )


@quirk(told=None)
def uploads_in_colab(work):
    near_the_imports(work, "from google.colab import files\nuploaded = files.upload()")


@quirk()
def asks_for_input(work):
    scatter(work, "K = int(input('How many clusters? '))")


@quirk(fits=has_functions, moves=True)
def a_main_block(work):
    name = work.pick(work.functions)
    cell = work.draft.cell(name)
    cell["source"] += "\n\n\nif __name__ == '__main__':\n    print('running', __name__)\n"


@quirk()
def half_typed_at_the_end(work):
    work.draft.cells.append(code("for k in range(3\n    print(k"))


@quirk()
def a_cell_that_fails(work):
    scatter(work, "undefined_name + 1", "1 / 0", "raise NotImplementedError()")


@quirk()
def empty_cells(work):
    for _ in range(6):
        scatter(work, "", "\n\n", "# \n")


@quirk()
def a_threaded_timer(work):
    scatter(work, "import time\nstart = time.time()\ntime.sleep(0.05)\nprint(time.time() - start)")


@quirk(told=None)
def warnings_silenced(work):
    near_the_imports(
        work,
        "import warnings\nwarnings.filterwarnings('ignore')\nnp.seterr(all='ignore')\nnp.set_printoptions(precision=2)",
    )


@quirk(told=None)
def files_that_are_not_there(work):
    near_the_imports(
        work, "import pandas as pd\ndf = pd.read_csv('C:\\\\Users\\\\me\\\\Desktop\\\\points.csv')\ndf.head()"
    )


@quirk(told=None)
def star_imports(work):
    near_the_imports(work, "from math import *\nfrom helpers import *\nimport numpy as np")


@quirk()
def names_of_the_library_taken(work):
    work.draft.cells.append(code("sum = 0\nlist = [1, 2]\nmax = 3"))


@quirk(told=True, fits=has_imports)
def seaborn_before_the_imports(work):
    before_imports(work, "import seaborn as sns")


@quirk(told=True, fits=has_imports)
def drive_before_the_imports(work):
    before_imports(work, "from google.colab import drive\ndrive.mount('/content/drive')")


@quirk(told=True, fits=has_imports)
def chdir_before_the_imports(work):
    before_imports(work, "import os\nos.chdir('/content/drive/MyDrive/ml-course')")


@quirk(told=True, fits=has_imports)
def style_before_the_imports(work):
    before_imports(work, "import matplotlib.pyplot as plt\nplt.style.use('seaborn-v0_7')")


@quirk(told=True, fits=has_imports)
def path_before_the_imports(work):
    before_imports(work, "data_file = open('/content/data/points.csv')")


@quirk(fits=has_imports)
def pip_before_the_imports(work):
    before_imports(work, "!pip install -q helpers")


@quirk(told=True, fits=has_imports)
def imports_deleted(work):
    work.draft.cells.remove(imports(work))


@quirk(told=True, fits=has_imports)
def imports_replaced_by_their_own(work):
    imports(work)["source"] = (
        "import numpy as np\nimport pandas_profiling\nfrom sklearn.mixture import GaussianMixture as GM"
    )


@quirk(told=True, fits=has_imports)
def imports_shortened(work):
    kept = [line for line in imports(work)["source"].splitlines() if not line.startswith("from helpers")]
    imports(work)["source"] = "\n".join(kept)


@quirk(fits=has_imports)
def imports_added(work):
    imports(work)["source"] += "\nimport os, sys, random\nfrom collections import Counter\nrandom.seed(0)"
