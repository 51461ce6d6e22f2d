"""Files that native code must read (PDF, OFD, pictures), in a process of its own and under limits."""
