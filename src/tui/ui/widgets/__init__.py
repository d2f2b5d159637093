"""The widgets that panes and screens are built from."""
