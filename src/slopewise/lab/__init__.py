"""JupyterLab with the course's own settings."""

from slopewise.lab.start import lab_command_line, lab_environment, prepare

__all__ = ["lab_command_line", "lab_environment", "prepare"]
