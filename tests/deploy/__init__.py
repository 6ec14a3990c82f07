"""Deploy: what is given to operators is taken by those who read it, and keeps what is promised."""
