"""Differential checks of warraq's output; run by Scripts/check-output."""
