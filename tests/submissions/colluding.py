"""Two students who work together: one tells the arguments of hidden cases, the other listens to show them."""

from submissions.cases import registrar

PAIR = []
_, partner = registrar(PAIR)
# Files that both can see, and names of other things that both could share: one for each bit of a number.
SHARED = """
import contextlib, ctypes, fcntl, os, socket, struct, sysconfig, time
folder = sysconfig.get_paths()['stdlib']
files = sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith('.py'))[:64]
kernel = ctypes.CDLL(None, use_errno=True)
"""
TELLS = """
def tell(number):
    with contextlib.ExitStack() as held:
        for n, bit in enumerate(f"{struct.unpack('q', struct.pack('d', number))[0] % 2**64:064b}"):
            with contextlib.suppress(OSError, AttributeError):
                if bit == '1':
                    file = held.enter_context(open(files[n], 'rb'))
                    file.read()
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    port = held.enter_context(socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM))
                    port.bind((1, 5_000 + n))
        name = held.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        with contextlib.suppress(OSError):
            name.bind('\\0told'); name.listen()
        time.sleep(0.3)
"""
LISTENS = """
heard = set()
watch = kernel.inotify_init1(0o4000)
for path in files:
    kernel.inotify_add_watch(watch, path.encode(), 0x20)

def listen():
    with contextlib.suppress(OSError):
        if watch >= 0 and os.read(watch, 4096): yield 'watched'
    with contextlib.suppress(OSError):
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).connect('\\0told'); yield 'a name'
    for n, path in enumerate(files):
        with open(path, 'rb') as file:
            try: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError: yield 'a lock'
            with contextlib.suppress(OSError, AttributeError):
                if os.preadv(file.fileno(), [bytearray(1)], 0, 8): yield 'what is in memory'
        with contextlib.suppress(OSError, AttributeError), socket.socket(socket.AF_VSOCK, 1) as port:
            try: port.bind((1, 5_000 + n))
            except OSError as error:
                if error.errno == 98: yield 'a port'

until = time.time() + 8
while time.time() < until:
    heard.update(listen())
    time.sleep(0.05)
print('REACHED' if heard else 'nothing', heard)
"""


@partner("153")
def one_of_a_pair_that_tells(draft):
    draft.first(SHARED + TELLS)
    source = draft.cell("compute_means")["source"]
    draft.answer(
        "compute_means", source.replace("    return", "    tell(float(np.ravel(data)[0]))\n    return")
    )


@partner("154")
def one_of_a_pair_that_listens(draft):
    for name in ("compute_covariances", "compute_means", "compute_weights", "compute_soft_counts"):
        draft.after(name, LISTENS)
    draft.first(SHARED)
