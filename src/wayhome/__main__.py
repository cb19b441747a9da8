"""`python -m wayhome`: the same as the command `wayhome`."""

from __future__ import annotations

import sys

from wayhome.start import main

sys.exit(main())
