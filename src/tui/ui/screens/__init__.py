"""The screens, one idea a module."""
