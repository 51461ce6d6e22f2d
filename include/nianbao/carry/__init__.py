"""What is carried out of one place and into another: packs of files with their hashes.

A pack is a plain zip, which every system opens, with a manifest that names each file with its size
and SHA-256. Nothing of it is put in place before all of it was read and found whole. The same pack
may be taken in twice, after a later one, or together with another: what is there already stays.
"""
