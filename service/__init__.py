"""Caveat: tells a website which legal notice its reader needs."""
