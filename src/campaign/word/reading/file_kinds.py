"""How the files begin that are taken for Word documents."""

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an old ``.doc`` begins, and a ``.docx`` that asks for a password."""

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLD = ".doc"
