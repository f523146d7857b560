"""Set up and start everything: ``python3 scripts/start.py``. What follows is passed on to ``campaign start``."""

import environment

if __name__ == "__main__":
    environment.hand_over("start")
