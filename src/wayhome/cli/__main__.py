"""`python -m wayhome.cli`."""

from __future__ import annotations

import sys

from wayhome.cli.main import main

sys.exit(main())
