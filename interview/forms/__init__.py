"""Forms as data: an XLSForm compiled through an XForm to an immutable `Form`."""
