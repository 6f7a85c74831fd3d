"""The bundle's decoder: the child that reads files, which has no Qt and nothing of the window."""

from bridge_app.media.decoder_main import main

main()
