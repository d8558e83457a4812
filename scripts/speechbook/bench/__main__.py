"""``python -m speechbook.bench``, which ``nox -s bench`` calls."""

import sys

from speechbook.bench.command import main

sys.exit(main())
