"""One module an act, called by pages and by commands alike."""
