"""Examination of the page floor: what readers see of a finding."""
