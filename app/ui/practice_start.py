"""Starts the practice company as a program of its own, beside this one and independent of it."""

from PySide6.QtCore import QProcess

from app.system.own_program import tray_command


def start_practice() -> bool:
    """Start it; tell whether that worked."""
    program, *arguments = practice_command()
    started, _ = QProcess.startDetached(program, arguments)
    return started


def practice_command() -> list[str]:
    """Give the command, for the program installed as one of its own or not."""
    return [*tray_command(), "demo"]
