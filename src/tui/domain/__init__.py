"""What Stridelift knows: pure values and rules, without clock, disk or screen."""
