"""Spelling in the fields of the window: marked, suggested, learnt; never waited for."""
