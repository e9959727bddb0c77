"""What the program talks about: frozen records without behaviour of their own. Pure. No I/O."""
