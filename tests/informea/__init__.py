"""The feed, the catalogue, the dumps and the harvester."""
