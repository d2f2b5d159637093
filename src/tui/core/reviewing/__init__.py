"""Looking back: the last weeks at a glance, one exercise, one week. Values in, values out."""
