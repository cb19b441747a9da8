"""Every check of this folder, one after the other."""

from __future__ import annotations

import gc
import sys

from tools import check_purity, check_seen, check_size, check_words
from tools.report import report
from tools.source import ROOT

CHECKS = (check_purity, check_seen, check_size, check_words)

if __name__ == "__main__":
    gc.disable()  # every tree is kept to the end: there is nothing to collect, and much to go through
    breaches = [breach for one in CHECKS for breach in one.check(ROOT)]
    sys.stdout.write(f"{check_size.summary(ROOT)}\n")
    sys.exit(report(breaches))
