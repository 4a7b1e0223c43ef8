"""What programs may change, with a token: decisions and documents."""

CHANGES = ()
