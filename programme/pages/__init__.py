"""Public pages: functions of the shelf, the address and the time. They never touch the database."""
