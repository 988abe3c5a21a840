"""The pages of the import from HR, its work in the background, the nightly folder and the keys."""
