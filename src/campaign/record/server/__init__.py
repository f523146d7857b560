"""Connections, static files, the log, and the parts that the recorder is wired from."""
