"""The script that the server runs. It stands alone in its folder because Streamlit takes a folder `pages` beside its script for
pages of its own, and would open those on a link to a page before the app has run once."""

from ui.app import main

main()
