"""The debrief: what a run amounts to, put together by rule from the run itself. Pure functions, no streamlit.

`story` says what was played and plays it again with something changed; `hindsight` holds the run, its twin without measures and what the panels
share; each panel has a file; `make` puts them in order; `as_html` and `as_pdf` write them to a file.
"""
