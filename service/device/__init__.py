"""Device: what a browser decides on the reader's own device."""
