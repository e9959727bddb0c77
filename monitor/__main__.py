"""`python -m monitor COMMAND`: the command line, without Qt."""

if __name__ == "__main__":
    try:
        from monitor.cli import main

        code = main()
    except KeyboardInterrupt:  # while the program was still being loaded
        code = 130
    raise SystemExit(code)
