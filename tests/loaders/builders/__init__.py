"""Writes one description of a document as text, HTML, DOCX and PDF."""
