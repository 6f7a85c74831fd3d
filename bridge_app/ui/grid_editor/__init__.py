"""The grid editor: a spreadsheet over the metadata of the chosen masters."""
