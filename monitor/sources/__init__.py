"""One file per kind of source; `registry` finds them."""
