"""What learners have handed in: found in `submitted/`, read with care, put in order for running."""
