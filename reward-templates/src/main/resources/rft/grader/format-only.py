import re


def grade(sample, item):
    return 1.0 if re.search("#### ?-?[0-9]", sample["output_text"]) else 0.0
