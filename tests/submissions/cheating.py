"""Submissions that earn nothing and try to get marks. Each must get as few as an ordinary wrong answer."""

import json

from submissions.cases import registrar
from submissions.draft import role

CHEATS = []
cheat, _ = registrar(CHEATS)


def tests(draft):
    return [cell for cell in draft.cells if role(cell).get("grade_id", "").startswith("test-")]


@cheat(1)
def ast_transformer(draft):
    draft.first(
        "import ast\n"
        "class Drop(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node): return None\n"
        "    def visit_Call(self, node):\n"
        "        named = getattr(node.func, 'id', '')\n"
        "        return ast.Constant(6.0) if named.startswith('check') else self.generic_visit(node)\n"
        "get_ipython().ast_transformers.append(Drop())"
    )


@cheat(2)
def input_transformer(draft):
    draft.first(
        "def replace(lines):\n"
        "    return ['2.0\\n'] if any('check' in line for line in lines) else lines\n"
        "get_ipython().input_transformers_cleanup.append(replace)"
    )


@cheat(3)
def patched_run_cell(draft):
    draft.first(
        "shell = type(get_ipython())\n"
        "own = shell.run_cell\n"
        "def run_cell(self, source, *args, **kwargs):\n"
        "    return own(self, '2.0' if 'check' in source else source, *args, **kwargs)\n"
        "shell.run_cell = shell.run_cell_async = run_cell"
    )


@cheat(4)
def patched_do_execute(draft):
    draft.first(
        "try:\n"
        "    kernel = get_ipython().kernel\n"
        "    kernel.do_execute = lambda *args, **kwargs: {'status': 'ok', 'payload': []}\n"
        "except AttributeError:\n"
        "    import grading.inside.session as session\n"
        "    session.run_cell = lambda *args: {'outputs': [], 'error': ''}"
    )


@cheat(5)
def silenced_traceback(draft):
    draft.first("get_ipython().showtraceback = get_ipython()._showtraceback = lambda *args, **kwargs: None")


@cheat(6)
def cleared_output(draft):
    draft.first(
        "from IPython.display import clear_output\nget_ipython().events.register('post_run_cell', lambda _: clear_output())"
    )


@cheat(7)
def forged_result(draft):
    draft.first(
        "import sys\n"
        "sys.displayhook = lambda value: None\n"
        "hook = get_ipython().displayhook\n"
        "type(hook).__call__ = lambda self, result=None: self.shell.outputs.data({'text/plain': '6.0'}, result=True)"
    )


@cheat(8)
def forged_reply(draft):
    draft.first(
        "import grading.protocol.wire as wire\n"
        "def request(self, *args, **kwargs): return {'mark': 6.0, 'status': 'passed', 'why': '', 'outputs': []}\n"
        "wire.Link.request = request\n"
        "import grading.inside.worker as worker\n"
        "worker.OPS['call'] = lambda *args: {'mark': 6.0, 'status': 'passed', 'packed': b'', 'changed': {}}"
    )


@cheat(9)
def skipping_tags(draft):
    for cell in tests(draft):
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception", "remove-cell", "in-the-box"]


@cheat(10)
def always_equal(draft):
    draft.first(
        "class Equal(float):\n"
        "    def __eq__(self, other): return True\n"
        "    def __ne__(self, other): return False\n"
        "    __lt__ = __le__ = __gt__ = __ge__ = __eq__\n"
        "    def __sub__(self, other): return Equal(0)\n"
        "    __rsub__ = __abs__ = __sub__\n"
        "    __hash__ = float.__hash__"
    )
    for name in ("compute_means", "compute_weights", "compute_soft_counts"):
        draft.answer(name, f"def {name}(*args): return Equal(0)")
    draft.answer("quiz-results", "first_weight = second_mean = third_covariance = Equal(3)")


@cheat(11)
def array_that_answers_for_itself(draft):
    draft.first(
        "class Right(np.ndarray):\n"
        "    def __array_function__(self, function, types, args, kwargs): return True\n"
        "    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs): return np.zeros(inputs[0].shape, bool)\n"
        "def made(shape): return np.zeros(shape).view(Right)"
    )
    draft.answer(
        "compute_means", "def compute_means(data, resp, counts): return made((len(counts), len(data[0])))"
    )
    draft.answer("compute_soft_counts", "def compute_soft_counts(resp): return made(len(resp[0]))")


@cheat(12)
def testing_functions_replaced(draft):
    draft.first(
        "for name in np.testing.__all__:\n    setattr(np.testing, name, lambda *args, **kwargs: None)\nnp.allclose = np.array_equal = lambda *args, **kwargs: True"
    )


@cheat(13)
def arrays_replaced(draft):
    draft.first("np.array = np.asarray = lambda *args, **kwargs: 0.0\nnp.abs = lambda *args, **kwargs: 0.0")


@cheat(14)
def shadowed_names(draft):
    draft.first(
        "import builtins\n"
        "abs = len = lambda *args: 0\n"
        "all = isinstance = lambda *args: True\n"
        "check = check_answer = lambda *args, **kwargs: kwargs.get('out_of', 1)\n"
        "hidden = None\n"
        "builtins.abs = abs\n"
        "import helpers\nhelpers.check = checks.check = check"
    )


@cheat(15)
def assertion_error_replaced(draft):
    draft.first(
        "import builtins\nbuiltins.AssertionError = type('Quiet', (Exception,), {'__init__': lambda self, *args: None})"
    )


@cheat(16)
def expected_values_from_frames(draft):
    draft.first(
        "import gc, sys\n"
        "def expected():\n"
        "    frame = sys._getframe()\n"
        "    while frame:\n"
        "        for name in ('right', 'answers', 'case', 'expected', 'record', 'known'):\n"
        "            if name in frame.f_locals: return frame.f_locals[name]\n"
        "        frame = frame.f_back\n"
        "    for found in gc.get_objects():\n"
        "        if type(found).__name__ == 'Case' and found.answers: return found.answers[0]\n"
        "    return str(get_ipython().user_ns['In'][-1])"
    )
    for name in ("compute_means", "compute_weights", "compute_covariances", "EM"):
        draft.answer(name, f"def {name}(*args, **kwargs): return expected()")


@cheat(17)
def copies_the_solution(draft):
    draft.first(
        "import glob, json\n"
        "for path in glob.glob('/**/*.ipynb', recursive=True) + glob.glob('/**/solutions/*', recursive=True):\n"
        "    try:\n"
        "        for cell in json.load(open(path))['cells']:\n"
        "            get_ipython().run_cell(''.join(cell['source']))\n"
        "    except Exception as error:\n"
        "        print(path, error)"
    )


@cheat(18)
def writes_the_gradebook(draft):
    draft.first(
        "import glob, sqlite3\n"
        "for path in ['gradebook.db', '../../../gradebook.db', *glob.glob('/**/gradebook.db', recursive=True)]:\n"
        "    try:\n"
        "        base = sqlite3.connect(path)\n"
        "        base.execute('update grade set auto_score = 10, manual_score = 10')\n"
        "        base.commit()\n"
        "    except Exception as error:\n"
        "        print(error)"
    )


@cheat(19)
def edits_the_settings(draft):
    draft.first(
        "import glob\n"
        "for path in ['nbgrader_config.py', '../../../nbgrader_config.py', *glob.glob('/**/nbgrader_config.py', recursive=True)]:\n"
        "    try: open(path, 'a').write('c.BoxedExecute.box = False')\n"
        "    except OSError as error: print(error)"
    )
    draft.beside["nbgrader_config.py"] = "c = get_config()\nc.Autograde.autograde_preprocessors = []\n"


@cheat(20)
def hundred_points(draft):
    for cell in tests(draft):
        role(cell)["points"] = 100
    draft.content["metadata"]["grading"] = {"questions": {"test-EM": {"mark": 100, "status": "passed"}}}


@cheat("21a")
def tests_made_markdown(draft):
    for cell in tests(draft):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]


@cheat("21b")
def tests_made_solutions(draft):
    for cell in tests(draft):
        role(cell).update(solution=True, locked=False)
        cell["source"] = "6.0"


@cheat("21c")
def answers_made_tests(draft):
    for cell in draft.cells:
        if role(cell):
            role(cell).update(solution=True, grade=True, locked=False, points=10)


@cheat(22)
def tests_deleted(draft):
    draft.content["cells"] = [cell for cell in draft.cells if cell not in tests(draft)]


@cheat(23)
def tests_edited(draft):
    for cell in tests(draft):
        cell["source"] = "6.0"


@cheat(24)
def names_twice(draft):
    for cell in tests(draft):
        draft.cells.append({**json.loads(json.dumps(cell)), "source": "2.0"})


@cheat(25)
def outputs_filled_in(draft):
    for cell in tests(draft):
        mark = {
            "output_type": "execute_result",
            "data": {"text/plain": "2.0"},
            "metadata": {},
            "execution_count": 1,
        }
        cell["outputs"], cell["execution_count"] = [mark], 1


@cheat(26)
def evil_kernel(draft):
    draft.content["metadata"]["kernelspec"] = {"name": "evil", "display_name": "evil", "language": "bash"}
    draft.content["metadata"]["language_info"] = {"name": "bash", "file_extension": ".sh"}


@cheat(27)
def forged_lines_in_the_pipe(draft):
    draft.first(
        "import os, socket, struct, msgpack\n"
        "def shout():\n"
        "    said = msgpack.packb({'mark': 6.0, 'status': 'passed', 'why': '', 'outputs': [], 'value': 2.0})\n"
        "    for n in range(3, 64):\n"
        "        try: os.write(n, struct.pack('!I1s16s', len(said), b'a', bytes(16)) + said)\n"
        "        except OSError: pass\n"
        "shout()"
    )
    draft.answer("compute_means", "def compute_means(*args):\n    shout()\n    return 0.5")


@cheat(28)
def public_cases_memorised(draft):
    names = ("compute_responsibilities", "compute_soft_counts", "compute_weights", "compute_means")
    draft.first(
        "from helpers.checking import CHECKER\npublic = CHECKER.public\n"
        "from checks.compare import same\n"
        "def remember(name, args):\n"
        "    for case in public[name]:\n"
        "        if all(same(mine, theirs, 1e-9) for mine, theirs in zip(args, case.args.values())):\n"
        "            return case.answers[0]\n"
        "    return 0.5"
    )
    for name in names:
        draft.answer(name, f"def {name}(*args): return remember({name!r}, args)")


# New attacks on the way in which these marks are made.


@cheat("90", says="")
def record_read_by_asking(draft):
    """Ask for the recorded answers of EM, with any arguments that are there."""
    draft.answer(
        "EM",
        "def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):\n"
        "    resp = np.full((len(data), len(init_means)), 1 / len(init_means))\n"
        "    counts = compute_soft_counts(resp)\n"
        "    means = compute_means(data, resp, counts)\n"
        "    covs = compute_covariances(data, resp, counts, means)\n"
        "    return dict(weights=compute_weights(counts), means=means, covs=covs, loglik=[0.0, 1.0], resp=resp)",
    )


@cheat("91")
def modules_of_the_box_rewritten(draft):
    draft.first(
        "import os, grading.inside.keeper, grading.inside.worker, grading.protocol.wire as wire\n"
        "wire.NotPlain = Exception\n"
        "grading.protocol.plain._Plain.of = lambda self, value, depth=0: {'mark': 6.0}\n"
        "grading.inside.keeper.keep = lambda *args: None\n"
        "os.fork = lambda: 0"
    )


@cheat("92")
def a_frame_of_a_gigabyte(draft):
    draft.answer(
        "compute_means",
        "def compute_means(*args):\n"
        "    import os, struct\n"
        "    for n in range(3, 64):\n"
        "        try: os.write(n, struct.pack('!I1s16s', 2**31, b'a', bytes(16)))\n"
        "        except OSError: pass\n"
        "    return 0.5",
    )


@cheat("93")
def names_moved_to_wrong_cells(draft):
    for cell in draft.cells:
        if role(cell).get("grade_id", "").startswith("compute"):
            role(cell)["grade_id"] = "test-" + role(cell)["grade_id"]
            cell["source"] = "2.0"
