"""A command from its start to its exit status: interrupts, errors, closed pipes."""

import gc
import sys
from collections.abc import Callable

from sayso.cli.printing import say
from sayso.errors import SaysoError

WRONG_USAGE = 2
INTERRUPTED = 130
_OBJECTS = 50_000
"""How many new objects there must be before Python looks for garbage in rings. Its own 700 come together a
thousand times while a codebook is loaded, which has none: a tenth of the time of a short command."""


def run(app: Callable[[], object]) -> None:
    """Run a command; every error of ours is a message and an exit status, never a traceback."""
    gc.set_threshold(_OBJECTS)
    sys.unraisablehook = _interrupt_again
    heard = _note_interrupts()
    for stream in (sys.stdout, sys.stderr):  # what a terminal cannot show is escaped, not a crash
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except SaysoError as error:
        say(f"sayso: {error}")
        sys.exit(WRONG_USAGE)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stdout = None
        sys.exit(0)
    except OSError as fault:  # what other files raise is told where it is raised: this is our own output
        sys.stdout = None
        say(
            f"sayso: The output cannot be written ({fault.strerror}).\n"
            "  Make room, or send it elsewhere, and run the command again."
        )
        sys.exit(WRONG_USAGE)
    except SystemExit as done:
        if done.code == INTERRUPTED or heard:  # Ctrl-C, which the library turns into this
            say("sayso: interrupted; what was stored is kept, and the same command goes on from there.")
            sys.exit(INTERRUPTED)
        raise


def _interrupt_again(fault: "sys.UnraisableHookArgs") -> None:
    """Ctrl-C that fell into a callback, where Python drops it, is pressed again; other faults are told."""
    import _thread
    from threading import Timer

    if isinstance(fault.exc_value, KeyboardInterrupt):
        Timer(0.05, _thread.interrupt_main).start()  # once the callback is over
    else:
        sys.__unraisablehook__(fault)


def _note_interrupts() -> list[int]:
    """Signals of Ctrl-C as they come, beside the exception they raise, which some library may swallow."""
    import signal

    heard: list[int] = []

    def interrupt(number: int, _: object) -> None:
        heard.append(number)
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else somebody wants it ignored
        signal.signal(signal.SIGINT, interrupt)
    return heard
