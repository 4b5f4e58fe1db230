"""A process that has loaded sayso and becomes the command, in a copy of itself, whenever one is asked for.

Loading takes longer than most commands do, and the tests run hundreds of them.
"""

import json
import os
import socket
import sys
import traceback
from importlib import import_module

from sayso.codebook import load
from sayso.places import gazetteer

MODULES = ("cli", "pipeline", "judging", "reviewing", "publishing", "explaining", "weighing", "finding")
"""The command line and what most commands load; nothing here has threads, which would be lost."""


def serve(channel: socket.socket) -> None:
    """Runs what is asked for, one command after the other, until the other side is gone.

    A command comes as a dot with three files, its standard input, output and error, and a line of JSON: its
    arguments, folder and environment. Its exit status goes back.
    """
    sys.modules["__main__"].__package__ = None  # else the command would call itself by our name
    for module in MODULES:
        import_module(f"sayso.{module}")
    load()
    gazetteer()
    lines = channel.makefile("rb")
    while True:
        dot, files, _, _ = socket.recv_fds(channel, 1, 3)
        if not dot:
            return
        asked = json.loads(lines.readline())
        if (child := os.fork()) == 0:
            os._exit(_become(asked, files))
        for file in files:
            os.close(file)
        _, status = os.waitpid(child, 0)
        channel.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def _become(asked: dict[str, object], files: list[int]) -> int:
    """Runs the command in this process; gives its exit status."""
    from sayso.cli import main

    for number, file in enumerate(files):
        os.dup2(file, number)
    try:
        os.environ.clear()
        os.environ.update(asked["environment"])  # type: ignore[call-overload]
        os.chdir(str(asked["folder"]))
        sys.argv = ["sayso", *asked["arguments"]]  # type: ignore[misc]
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
