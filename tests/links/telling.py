"""A server that tells and is killed: `python -m tests.links.telling FOLDER URL` ticks once for each line it reads."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.fakes.logs import PASSPHRASE

from wayhome.assembly.local import open_house
from wayhome.links.notifying import AppriseMessenger, message_pool
from wayhome.usecases.notifying import Notifier


def main(folder: str, url: str) -> None:
    house = open_house(Path(folder), passphrase=PASSPHRASE)
    notifier = Notifier(house.log, house.acting, AppriseMessenger(), message_pool(), lambda _: (url,))
    for _ in sys.stdin:
        notifier.notify(house.clock())
        sys.stdout.write("ticked\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
