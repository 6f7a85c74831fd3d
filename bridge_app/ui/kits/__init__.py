"""Channel kits in the window: chosen, weighed on the chosen assets, exported and edited."""
