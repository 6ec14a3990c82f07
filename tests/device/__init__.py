"""Device: tests of what a browser decides on the reader's own device."""
