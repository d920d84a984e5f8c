"""What a lesson and a submission are, as files; knows nothing of grading."""
