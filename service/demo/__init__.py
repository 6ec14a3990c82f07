"""Demo: a made-up newspaper, in whose article every way of embedding can be seen and switched."""
