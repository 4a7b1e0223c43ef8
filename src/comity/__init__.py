"""Comity: the working memory of an international partnership."""

__version__ = "0.1.0"
