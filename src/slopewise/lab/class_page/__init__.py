"""The class page: an instructor's week by mouse, beside the Formgrader.

What it does are Slopewise's own commands, one at a time, in a process of their own (`work`); what
it shows is `report.standing` and what that process says.
"""
