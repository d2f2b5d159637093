"""The screens, each beside the module that makes its lines."""
