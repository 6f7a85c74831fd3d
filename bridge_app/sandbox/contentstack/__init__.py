"""A Contentstack-style stack on this machine: the part of the management API that we use."""
