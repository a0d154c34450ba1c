"""Planted copies of narration: who is said to have copied whom?"""
