"""What somebody has to know within a day: sick portals, absent reports, full disks."""
