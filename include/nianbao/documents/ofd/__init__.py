"""OFD, the fixed-layout format of Chinese offices, to `Document`."""
