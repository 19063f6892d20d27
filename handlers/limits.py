"""Every limit of what a person may have done in one block, each with its reason."""

FILES_A_DAY = 120
"""Photos and files kept from one person a day: twelve reports with all the photos that a report holds."""
BYTES_A_DAY = 100 * 2**20
"""Of them together: so many photos, or five of the largest documents."""
