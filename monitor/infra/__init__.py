"""The only doors to the outside: sockets, keyring, files, clock, log."""
