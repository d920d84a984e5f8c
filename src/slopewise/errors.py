"""The errors Slopewise raises, in one tree, so that a caller can catch one base class.

.. code-block:: text

    SlopewiseError            anything a person can act on; the command line prints its one line
    |-- CourseError           a course folder, lesson file or setting is missing or wrong
    |-- BuildError            a lesson cannot be built: names file and cell
    |-- ObservationError      an observation does not fit the schema (raised on untrusted data)
    |-- TimeError             a text names no time that can be known (a ValueError, too)
    |-- NotByAutogradError    an answer found its slopes without autograd (raised in a check)
    |-- UsedModuleError       an answer used what it is to do by hand (raised in a check)
    |-- SubmissionError       a submission cannot be read as a notebook of this course
    `-- KernelError           a kernel cannot be started, or was lost
        `-- BoxError          this machine cannot build the box: says what to install or allow

Every message is one line that says what is wrong, where, and what to do about it.
"""


class SlopewiseError(Exception):
    """Base class of every error that a person can act on."""


class CourseError(SlopewiseError):
    """A course folder, a lesson file or a setting is missing or wrong."""


class BuildError(SlopewiseError):
    """A lesson cannot be built; the message names the file and the cell."""


class ObservationError(SlopewiseError):
    """An observation does not fit the schema."""


class TimeError(SlopewiseError, ValueError):
    """A text names no time that can be known for sure."""


class NotByAutogradError(SlopewiseError):
    """An answer found its slopes in another way than by autograd, which is asked."""


class UsedModuleError(SlopewiseError):
    """An answer let a module do what is to be written by hand."""


class SubmissionError(SlopewiseError):
    """A submission cannot be read as a notebook of this course."""


class OtherLessonError(SubmissionError):
    """A submission is another lesson of the course than the one it was handed in for."""


class KernelError(SlopewiseError):
    """A kernel cannot be started, or was lost while it ran."""


class BoxError(KernelError):
    """This machine cannot build the box that learners' code runs in."""
