"""What we know, as data with a schema and a loader, and nothing else."""

from sayso.codebook.data_files import data_file
from sayso.codebook.loader import Codebook, load
from sayso.codebook.made import make_codebook

__all__ = ["Codebook", "data_file", "load", "make_codebook"]
