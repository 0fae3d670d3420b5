"""The offline rules: values in, findings out."""
