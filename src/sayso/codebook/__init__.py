"""What we know, as data with a schema and a loader, and nothing else."""

from sayso.codebook.data_files import data_file
from sayso.codebook.loader import Codebook, load

__all__ = ["Codebook", "data_file", "load"]
