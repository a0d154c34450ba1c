"""Planted passages: are they found, how tightly, and how fast?"""
