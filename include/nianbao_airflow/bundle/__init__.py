"""All that an installation needs, in one folder for a network without the internet.

    make bundle                     where there is a network
    make install OFFLINE=<bundle>   where there is none

`check` runs before anything is installed: it and `manifest` use Python alone.
"""
