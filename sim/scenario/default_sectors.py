"""The six sectors of a scenario that names none, in the schema's own terms.

Elasticities: the schema's default. Value-added and final shares: assumption, rounded from the world totals of the World
Input-Output Database (Timmer et al. 2015, Review of International Economics 23(3)).
"""

from __future__ import annotations

from sim.scenario.schema_world import SectorKeys

DEFAULT_SECTORS: tuple[SectorKeys, ...] = (
    SectorKeys(id="food", name="Agriculture and food", kind="food", value_added=0.5, final_share=0.11),
    SectorKeys(id="energy", name="Energy and mining", kind="energy", value_added=0.6, final_share=0.05),
    SectorKeys(id="basic", name="Basic manufactures", kind="basic", value_added=0.35, final_share=0.12),
    SectorKeys(id="tech", name="Machinery and high technology", kind="high_tech", value_added=0.33, final_share=0.14),
    SectorKeys(id="services", name="Services", kind="services", value_added=0.6, final_share=0.53),
    SectorKeys(id="finance", name="Finance", kind="finance", value_added=0.6, final_share=0.05),
)
