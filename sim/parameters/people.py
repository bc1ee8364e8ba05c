"""Constants of households: who earns what, who buys what, how far people can cope."""

from __future__ import annotations

from sim.parameters.parameter import Parameter

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "exposure_poor", 0.5, 0.0, 1.5, "elasticity",
        "How much more than the average the poorest fifth's share of wages falls when real income falls (the richest fifth's rises by as much)",
        "size: assumption; that earnings of low earners swing most: Guvenen, Schulhofer-Wohl, Song & Yogo 2017, AER Papers and Proceedings 107(5)",
        "people", neutral=0.0,
        contested="Whether the poor lose first depends on what is cut and on whom the government protects (Afesorgbor & Mahadevan 2016).",
    ),
    Parameter(
        "engel_food", 0.5, 0.0, 1.2, "elasticity",
        "How much the share of food in spending falls when a household is richer (Engel's law)",
        "assumption: an income elasticity of food of a half, the middle of Muhammad, Seale, Meade & Regmi 2011, USDA Technical Bulletin 1929",
        "people", neutral=0.0,
    ),
    Parameter(
        "engel_energy", 0.3, 0.0, 1.2, "elasticity",
        "How much the share of energy in spending falls when a household is richer",
        "assumption", "people", neutral=0.0,
    ),
    Parameter(
        "rent_concentration", 0.8, 0.0, 1.0, "share added to the Gini of income",
        "How much more unequal rents (income from capital) are than all income; 0 = just as unequal",
        "assumption; that wealth is far more unequal than income: Davies, Sandstrom, Shorrocks & Wolff 2011, Economic Journal 121(551)",
        "people", neutral=0.0,
    ),
    Parameter(
        "skill_tilt", 0.5, 0.0, 2.0, "log points per quintile",
        "How much wages in finance and high technology go to richer households and those in agriculture to poorer ones",
        "assumption", "people", neutral=0.0,
    ),
    Parameter(
        "poverty_line", 0.5, 0.2, 1.0, "share of the median at the base",
        "Consumption below which a household is poor; fixed at the base quarter",
        "half of the median, as relative poverty is usually drawn; the World Bank's societal line adds a fixed sum "
        "(Jolliffe & Prydz 2021, World Bank Economic Review 35(1))",
        "people", free=False,
    ),
    Parameter(
        "coping", 0.08, 0.0, 0.5, "share of purchasing power",
        "Loss of purchasing power over essentials that ordinary households absorb by giving up other things first",
        "size: assumption; that effects on people are severe only when the economic effect is large: Allen & Lektzian 2013, JPR 50(1)",
        "people", neutral=0.0,
    ),
    Parameter(
        "store_decay", 0.01, 0.0, 0.2, "share per quarter", "What stores lose by age",
        "assumption", "people",
    ),
    Parameter(
        "store_size", 4.0, 0.0, 20.0, "quarters of usual consumption", "Largest store a state keeps",
        "assumption", "people", neutral=0.0,
    ),
    Parameter(
        "essentials_speed", 0.35, 0.02, 1.0, "share of the gap per quarter",
        "How fast what households really get follows what they can afford: stores, debts and help delay the loss",
        "assumption: nearly all of it within a year and a half", "people", neutral=1.0,
    ),
)
