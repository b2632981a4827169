"""The address of an author -> the organisation that it names in a list."""
