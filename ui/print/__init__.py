"""Paper for the class: seat cards, role packets, name cards, decision sheets as PDF, on A4 or US Letter. No streamlit here."""
