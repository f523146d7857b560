"""Set up and start the recorder alone: what follows is passed on to ``campaign record``."""

import environment

if __name__ == "__main__":
    environment.hand_over("record")
