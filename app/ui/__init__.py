"""The window and the tray: Qt, and only here. Shows snapshots of the facade, and orders through it."""
