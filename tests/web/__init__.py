"""Examination of the service over HTTP."""
