"""`python -m monitor COMMAND`: the command line, without Qt."""

from monitor.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
