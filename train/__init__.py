"""Training of the models that sayso ships; needs the extra ``train``, and is not installed."""
