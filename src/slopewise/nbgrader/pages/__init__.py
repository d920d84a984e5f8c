"""Pages for browsers: what learners get back, and what an instructor sees in the Formgrader.

Everything here was written by a learner or shows what a learner wrote. What is kept to: nothing in
a page acts, nothing is loaded, and no text makes a page slow or large (`budgets`, `processes`).
"""
