"""The words of the interface: translators' files, and how the site reads them."""
