"""Constants of technology: learning, licences, missing parts, making at home what used to be imported."""

from __future__ import annotations

from sim.parameters.parameter import Parameter

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "learning_rate", 0.20, 0.0, 0.4, "fall of unit cost per doubling",
        "How much a sector's unit cost falls each time cumulative output under a licence doubles (Wright's law, applied to the sector as a whole)",
        "usual 80 % progress ratio: Wright 1936, Journal of the Aeronautical Sciences 3(4); Argote & Epple 1990, Science 247", "technology", neutral=0.0,
    ),
    Parameter(
        "practice_years", 2.0, 0.1, 20.0, "years of base output",
        "Experience a licensee brings along, in years of what it made at the base: the more, the slower the first doubling",
        "assumption", "technology",
    ),
    Parameter(
        "technology_gap", 0.4, 0.0, 1.5, "log points of unit cost",
        "How much lower unit cost is with the licensor's technology, where the agreement does not say",
        "assumption", "technology", neutral=0.0,
    ),
    Parameter(
        "licence_cover", 0.2, 0.0, 1.0, "share of output in high technology",
        "What a licence agreed between governments covers, where it does not name sectors",
        "assumption: some product families, never a whole industry", "technology", neutral=0.0,
    ),
    Parameter(
        "technology_lent", 0.5, 0.0, 1.0, "share of the gap not yet mastered",
        "How much of what the licensee cannot yet do itself the licensor's parts and engineers do for it",
        "assumption", "technology", neutral=0.0,
    ),
    Parameter(
        "royalty", 0.05, 0.0, 0.25, "share of the value of output that needs the licensor",
        "Licence fee where the agreement does not say",
        "assumption, the usual size of royalty rates on sales", "technology", neutral=0.0,
    ),
    Parameter(
        "learning_by_doing", 0.04, 0.0, 0.2, "log points of unit cost per log point of experience",
        "How much unit cost falls in sectors that make more than they used to, and rises in those that make less",
        "assumption: an eighth of the learning rate in new products", "technology", neutral=0.0,
    ),
    Parameter(
        "forgetting", 0.05, 0.0, 0.5, "share per quarter",
        "How fast experience follows current output",
        "assumption, slower than the 39 % a year found in aircraft by Benkard 2000, AER 90(4)", "technology",
    ),
    Parameter(
        "parts_loss", 0.3, 0.0, 2.0, "log points of unit cost per log point of shortage, times the share of high technology in cost",
        "What missing machines, parts and software cost beyond their price",
        "assumption", "technology", neutral=0.0,
    ),
    Parameter(
        "knowledge_loss", 0.3, 0.0, 2.0, "log points of unit cost at full refusal, times the share of high technology in cost",
        "What it costs to be cut off from know-how and service for machines already bought",
        "assumption", "technology", neutral=0.0,
    ),
    Parameter(
        "parts_speed", 0.1, 0.0, 1.0, "share of the gap per quarter",
        "How fast machines without parts and service lose, and regain, what they can do",
        "assumption: half of it in a year and a half", "technology",
    ),
    Parameter(
        "substitution_effort", 0.5, 0.0, 2.0, "effort per log point of reward",
        "How much firms try to make at home what has become dear against other goods",
        "assumption", "technology", neutral=0.0,
        contested="Whether import substitution under pressure builds industries or only costs.",
    ),
    Parameter(
        "substitution_gain", 0.05, 0.0, 0.3, "log points of unit cost per quarter at full effort",
        "How fast effort lowers the unit cost of home substitutes",
        "assumption", "technology", neutral=0.0,
    ),
    Parameter(
        "substitution_ceiling", 0.4, 0.05, 2.0, "log points of unit cost",
        "Most that effort without a licence can win",
        "assumption", "technology",
    ),
    Parameter(
        "substitution_fading", 0.01, 0.0, 0.2, "share per quarter", "How fast what effort won is lost again without it",
        "assumption", "technology",
    ),
    Parameter(
        "foreign_investment", 0.12, 0.0, 0.8, "share of investment",
        "Part of a state's investment that comes with investors abroad and is not made when they are banned",
        "assumption, somewhat above the share of inward direct investment in world capital formation", "technology", neutral=0.0,
    ),
)
