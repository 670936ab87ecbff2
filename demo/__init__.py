"""The bundled episode, the small models that understand it, and what made and measures them."""
