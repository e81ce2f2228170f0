"""Runs a notebook with nbclient and prints the outputs of its cells as JSON."""

import json
import sys

import nbclient
import nbformat

notebook = nbformat.read(sys.argv[1], as_version=4)
nbformat.validate(notebook)
nbclient.NotebookClient(notebook, timeout=120, kernel_name=sys.argv[2]).execute()
nbformat.validate(notebook)
json.dump([cell.outputs for cell in notebook.cells if cell.cell_type == "code"], sys.stdout)
