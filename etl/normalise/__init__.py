"""One string -> one value, or the reason why not."""
