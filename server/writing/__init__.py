"""Update and Graph Store Protocol: a worker works out what changes, one writer checks and publishes it."""
