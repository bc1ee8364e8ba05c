"""The class: seats, rounds, clock, store and access. No Streamlit here; pages are drawn from what these modules return.

Read in this order: `tables` (what is kept), `store` (where), `access` (who may), `phases` and `rounds` (when), `screens` (what
a seat sees).
"""
