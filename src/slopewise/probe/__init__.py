"""What runs in the learner's process: questions, and the codec that writes down the answers.

Standard library only, until a value of another library is met.
"""
