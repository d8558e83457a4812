"""Leave a program without taking apart what it holds.

CPython frees every object one by one when it ends, and looks twice for unreachable cycles
before (``Py_FinalizeEx``, https://docs.python.org/3/c-api/init.html).  After a book was built
that is 7 to 11 % of the processor time of the whole run, for memory that the system takes back
at once.  What a program owes to others is done here all the same: functions registered with
``atexit`` run, and what was printed is written out.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
from typing import NoReturn

#: What Python itself ends with when the output cannot be written out.
OUTPUT_LOST = 120


def leave(status: int) -> NoReturn:
    """End the process with *status*, or with 120 if its output could not be written.

    A reader of the output that has gone, as ``head`` does, is no error.  If other threads
    still run, the program ends in Python's usual way, which waits for them.
    """
    if threading.active_count() > 1:
        sys.exit(status)
    # There is no public name for it.
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass
    except OSError:
        status = OUTPUT_LOST
    os._exit(status)
