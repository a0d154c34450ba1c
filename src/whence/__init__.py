"""Whence: whence does each claim come?"""

__version__ = "0.1.0"
