"""Threads that read kinds of messages for the first time at once do not end the process."""

from __future__ import annotations

import subprocess
import sys

THREADS_READ = """
import sys, threading, types, msgspec
sys.setswitchinterval(1e-6)
source = "from __future__ import annotations\\nimport msgspec\\nfrom typing import Optional\\n"
for number in range(100):
    within = f"Optional[K{number + 1}]" if number % 10 != 9 else "Optional[int]"
    source += f"class K{number}(msgspec.Struct):\\n" + "".join(f"    f{j}: {within} = None\\n" for j in range(12))
made = types.ModuleType("made")
sys.modules["made"] = made
exec(source, made.__dict__)
from wayhome.assembly.types_ready import make_types_ready
if sys.argv[1] == "ready":
    make_types_ready()
start = threading.Barrier(8)
def read():
    for number in range(0, 100, 10):
        start.wait()
        body = b'{"f0":{"f0":null,"f11":{"f5":null,"f11":null}},"f11":null}'
        msgspec.json.decode(body, type=made.__dict__[f"K{number}"])
threads = [threading.Thread(target=read) for _ in range(8)]
for one in threads:
    one.start()
for one in threads:
    one.join()
"""


def test_many_threads_may_read_a_kind_for_the_first_time() -> None:
    """With types made ready, eight threads read a hundred new kinds at once; the desk and the server make them so."""
    ended = subprocess.run([sys.executable, "-c", THREADS_READ, "ready"], capture_output=True, check=False, timeout=60)
    assert ended.returncode == 0, ended.stderr.decode()
