"""Downstream systems that are told which approved renditions to use, behind one port each."""
