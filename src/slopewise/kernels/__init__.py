"""Zygote, box and provisioner: kernels that start warm and cannot reach anything."""
