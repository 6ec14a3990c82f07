"""Tests of the floor `locate`."""
