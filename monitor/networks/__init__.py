"""Networks with accounts: logging in, and sending replies. One file each."""
