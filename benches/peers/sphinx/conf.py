"""Configuration of Sphinx for the manual made up; `-t furo` chooses the theme Furo."""

project = "A manual made up"
language = "en"
extensions = ["myst_parser"]
exclude_patterns = ["site", "trees"]
html_copy_source = False
html_show_sourcelink = False
if tags.has("furo"):  # noqa: F821 -- Sphinx brings it
    html_theme = "furo"
else:
    html_theme = "alabaster"
    html_sidebars = {"**": ["searchfield.html", "navigation.html", "localtoc.html", "relations.html"]}
