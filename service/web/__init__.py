"""Web: the service over HTTP. What a path asks for, the answers, the server, and the reload of the rules."""
