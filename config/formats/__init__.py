"""How Django's admin writes and reads dates and times: by the clock of 24 hours in every language.

The pages for delegates do not use these: `programme.language.labels` has the forms of UN texts.
"""
